//! How much there is of an answer, said below it; and what may help where there is nothing.

use super::count::total;
use crate::insight::Sampled;
use crate::render::Answer;
use crate::render::human::blocks::Block;
use crate::render::human::told;
use crate::render::numbers::{counted, grouped};

/// Returns the totals, a paragraph each.
pub fn totals(answer: &Answer) -> Vec<Block<'_>> {
    let or_nothing = |is_empty: bool, total: String| {
        let nothing = is_empty.then_some(Block::Nothing(None));
        nothing.into_iter().chain([Block::total(total)]).collect()
    };
    match answer {
        Answer::Query(answer) => {
            let response = &answer.response;
            let spellings = Block::notes(told::spellings(&response.spellings));
            let hits = match told::hits(answer) {
                Some(hits) => Block::total(hits),
                None => Block::Nothing(response.suggestions.as_ref()),
            };
            vec![spellings, hits]
        }
        Answer::Count(answer) => or_nothing(answer.response.total_units == 0, total(answer)),
        Answer::Compare(answer) => sampled(answer.response.sides.iter().map(|side| &side.sampled)),
        Answer::Trend(answer) => sampled(answer.response.sides.iter().map(|side| &side.all)),
        Answer::Stories(answer) => or_nothing(answer.is_empty(), answer.total()),
        Answer::Show(answer) => {
            let units = answer.shown.iter().map(|shown| if shown.unit.is_some() { 1 } else { shown.units.len() });
            let units: usize = units.sum();
            let totals: Vec<Block<'_>> = or_nothing(units == 0, counted(units, "unit"));
            totals.into_iter().chain([Block::notes(answer.missing.iter().cloned())]).collect()
        }
        Answer::Status(answer) => {
            let catalog = &answer.catalog;
            let (topics, units) = (catalog.topics.len(), catalog.units.total());
            let all = [counted(catalog.digests, "digest"), counted(topics, "topic"), counted(units, "unit")];
            or_nothing(units == 0, all.join(", "))
        }
        Answer::Check(answer) => vec![Block::total(match answer.findings.len() {
            0 => "no findings".to_owned(),
            n => counted(n, "finding"),
        })],
        Answer::Index(_) => Vec::new(),
    }
}

/// Returns what was found of what was sampled, of all sides.
pub fn sampled<'a>(sides: impl Iterator<Item = &'a Sampled>) -> Vec<Block<'a>> {
    let (found, units) = sides.fold((0, 0), |(found, units), side| (found + side.found, units + side.units));
    match found {
        0 => vec![Block::Nothing(None)],
        found => vec![Block::total(format!("{} of {} sampled", counted(found, "unit"), grouped(units)))],
    }
}
