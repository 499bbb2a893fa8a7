//! Spans of time, with the sides in columns.

use super::{EMPTY, interval, languages, percent};
use crate::insight::Sampled;
use crate::render::TrendAnswer;
use crate::render::numbers::grouped;

/// The sides' names, a line for each span, one for all of them and one for the sides' languages.
pub fn spans(answer: &TrendAnswer) -> Vec<Vec<String>> {
    let response = &answer.response;
    let sides = || response.sides.iter();
    let header = std::iter::once(answer.request.by.as_str().to_owned()).chain(sides().map(|side| side.name.clone()));
    let line = |at: usize| {
        let cell = |point: &Option<Sampled>| point.as_ref().map_or_else(|| EMPTY.to_owned(), |p| cell(answer, p));
        std::iter::once(response.spans[at].clone()).chain(sides().map(|side| cell(&side.points[at]))).collect()
    };
    let all = std::iter::once("all".to_owned()).chain(sides().map(|side| cell(answer, &side.all)));
    let languages = std::iter::once("languages".to_owned()).chain(sides().map(|side| languages(&side.all)));
    let rows = (0..response.spans.len()).map(line).chain([all.collect(), languages.collect()]);
    std::iter::once(header.collect()).chain(rows).collect()
}

fn cell(answer: &TrendAnswer, point: &Sampled) -> String {
    match point.share.filter(|_| answer.request.selection.is_scored()) {
        Some(s) => {
            let found = format!("{} of {}", grouped(point.found), grouped(point.units));
            format!("{} ({}), {found}", percent(s.share), interval(s.low, s.high))
        }
        None => grouped(point.units),
    }
}
