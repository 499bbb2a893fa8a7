//! The points of a trend, perspective by perspective, as records.

use chrono::NaiveDate;
use serde::Serialize;

use super::Records;
use super::count::SampledFields;
use crate::query::Days;
use crate::render::TrendAnswer;

const POINT: [&str; 13] = [
    "span",
    "first",
    "last",
    "perspective",
    "perspective_name",
    "distinct",
    "n",
    "share",
    "low",
    "high",
    "effective_n",
    "langs",
    "burst",
];

#[derive(Serialize)]
struct PointFields<'a> {
    span: &'a str,
    /// The first and the last day of the span.
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    perspective: &'a str,
    perspective_name: &'a str,
    #[serde(flatten)]
    sampled: SampledFields<'a>,
    /// Whether there was much more than usual; null where that can't be told.
    burst: Option<bool>,
}

/// All spans, in each the perspectives; those that were not sampled have nulls.
pub fn points(answer: &TrendAnswer) -> Records<'_> {
    let response = &answer.response;
    let perspectives = response.perspectives.len();
    let record = move |i: usize| {
        let (span, perspective) = (i / perspectives, &response.perspectives[i % perspectives]);
        let point = perspective.points[span].as_ref();
        let days = Days::parse(&response.spans[span], None).unwrap_or_default();
        PointFields {
            span: &response.spans[span],
            first: days.first,
            last: days.last,
            perspective: &perspective.id,
            perspective_name: &perspective.name,
            sampled: SampledFields::new(point),
            burst: perspective.bursts.as_ref().map(|bursts| bursts.iter().any(|burst| burst.has(span))),
        }
    };
    let without = |left_out: &'static [&str]| move |field: &&str| !left_out.contains(field);
    let is_scored = answer.request.selection.is_scored();
    // Without words, all that was sampled is found: there is nothing to be a share of.
    let columns: Vec<&str> = match is_scored {
        true => POINT.into_iter().filter(without(&["perspective_name", "langs"])).collect(),
        false => vec!["span", "first", "last", "perspective", "n"],
    };
    Records::new(&POINT, &columns, &["span", "perspective"], response.spans.len() * perspectives, record)
}
