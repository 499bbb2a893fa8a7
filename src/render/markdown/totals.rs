//! How much there is of an answer, said below it; and what may help where there is nothing.

use super::super::grid::total;
use super::super::numbers::{counted, grouped};
use super::super::{Answer, told};
use crate::insight::Sampled;

/// What stands where nothing was found.
const NOTHING: &str = "no results";

/// The totals, a sentence each. `any_option` is what makes one of the words enough, as it is written there.
pub fn totals(answer: &Answer, any_option: &str) -> Vec<String> {
    let or_nothing = |is_empty: bool, total: String| {
        let nothing = is_empty.then(|| NOTHING.to_owned());
        nothing.into_iter().chain([total]).collect()
    };
    match answer {
        Answer::Query(answer) => {
            let response = &answer.response;
            let hits = told::hits(answer).unwrap_or_else(|| NOTHING.to_owned());
            let spellings = told::spellings(&response.spellings);
            spellings.chain([hits]).chain(told::suggestions(response.suggestions.as_ref(), any_option)).collect()
        }
        Answer::Count(answer) => or_nothing(answer.response.total_units == 0, total(answer)),
        Answer::Compare(answer) => sampled(answer.response.sides.iter().map(|side| &side.sampled)),
        Answer::Trend(answer) => sampled(answer.response.sides.iter().map(|side| &side.all)),
        Answer::Stories(answer) => or_nothing(answer.is_empty(), answer.total()),
        Answer::Show(answer) => {
            let units = answer.shown.iter().map(|shown| if shown.unit.is_some() { 1 } else { shown.units.len() });
            let units: usize = units.sum();
            let missing = answer.missing.iter().cloned();
            let mut totals: Vec<String> = or_nothing(units == 0, counted(units, "unit"));
            totals.extend(missing);
            totals
        }
        Answer::Status(answer) => {
            let catalog = &answer.catalog;
            let (topics, units) = (catalog.topics.len(), catalog.units.total());
            let all = [counted(catalog.digests, "digest"), counted(topics, "topic"), counted(units, "unit")];
            or_nothing(units == 0, all.join(", "))
        }
        Answer::Check(answer) => vec![match answer.findings.len() {
            0 => "no findings".to_owned(),
            n => counted(n, "finding"),
        }],
        Answer::Index(_) => Vec::new(),
    }
}

/// What was found of what was sampled, of all sides.
fn sampled<'a>(sides: impl Iterator<Item = &'a Sampled>) -> Vec<String> {
    let (found, units) = sides.fold((0, 0), |(found, units), side| (found + side.found, units + side.units));
    match found {
        0 => vec![NOTHING.to_owned()],
        found => vec![format!("{} of {} sampled", counted(found, "unit"), grouped(units))],
    }
}
