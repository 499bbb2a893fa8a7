//! What each side has in each span of time, as records.

use serde::Serialize;

use super::Records;
use super::count::SampledFields;
use crate::render::TrendAnswer;

const POINT: [&str; 11] =
    ["span", "side", "side_name", "distinct", "sampled", "share", "low", "high", "effective", "langs", "burst"];

#[derive(Serialize)]
struct PointFields<'a> {
    span: &'a str,
    side: &'a str,
    side_name: &'a str,
    #[serde(flatten)]
    sampled: SampledFields<'a>,
    /// Whether there was much more than usual; null where that can't be told.
    burst: Option<bool>,
}

/// All spans, in each the sides; those that were not sampled have nulls.
pub fn points(answer: &TrendAnswer) -> Records<'_> {
    let response = &answer.response;
    let sides = response.sides.len();
    let record = move |i: usize| {
        let (span, side) = (i / sides, &response.sides[i % sides]);
        let point = side.points[span].as_ref();
        PointFields {
            span: &response.spans[span],
            side: &side.id,
            side_name: &side.name,
            sampled: SampledFields::new(point),
            burst: side.bursts.as_ref().map(|bursts| bursts.iter().any(|burst| burst.has(span))),
        }
    };
    let without = |left_out: &'static [&str]| move |field: &&str| !left_out.contains(field);
    let is_scored = answer.request.selection.is_scored();
    // Without words, all that was sampled is found: there is nothing to be a share of.
    let columns: Vec<&str> = match is_scored {
        true => POINT.into_iter().filter(without(&["side_name", "langs"])).collect(),
        false => vec!["span", "side", "sampled"],
    };
    Records::new(&POINT, &columns, &["span", "side"], response.spans.len() * sides, record)
}
