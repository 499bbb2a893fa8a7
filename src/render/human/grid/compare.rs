//! The sides of a comparison, each in a column.

use super::{interval, languages, percent};
use crate::insight::SideResponse;
use crate::render::CompareAnswer;
use crate::render::numbers::grouped;

/// The sides' names, and a line for each thing that is known of them.
pub fn sides(answer: &CompareAnswer) -> Vec<Vec<String>> {
    let sides = &answer.response.sides;
    let row = |name: &str, cell: &dyn Fn(&SideResponse) -> String| {
        std::iter::once(name.to_owned()).chain(sides.iter().map(cell)).collect::<Vec<_>>()
    };
    let kind = answer.response.kind.map_or("unit", |kind| kind.as_str());
    let mut rows = vec![row("", &|side| side.name.clone())];
    if answer.request.selection.is_scored() {
        rows.push(row(&format!("{kind}s found"), &|side| grouped(side.sampled.found)));
    }
    rows.push(row("sampled", &|side| grouped(side.sampled.units)));
    if answer.request.selection.is_scored() {
        rows.push(row("share (95 %)", &|side| {
            side.sampled
                .share
                .map_or_else(String::new, |s| format!("{} ({})", percent(s.share), interval(s.low, s.high)))
        }));
    }
    rows.push(row("languages", &|side| languages(&side.sampled)));
    rows.push(row("days", &|side| side.days.map_or_else(String::new, |(first, last)| format!("{first} to {last}"))));
    // Bullets have none.
    if sides.iter().any(|side| !side.sources.is_empty()) {
        rows.push(row("outlets", &|side| {
            side.sources.iter().map(|(name, n)| format!("{name} {}", grouped(*n))).collect::<Vec<_>>().join(", ")
        }));
    }
    rows
}
