//! The totals below an answer, or suggestions for an empty one.

use super::count::total;
use crate::insight::Sampled;
use crate::render::Answer;
use crate::render::human::blocks::Block;
use crate::render::human::wording;
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
            let spellings = Block::sentences(wording::spellings(&response.spellings));
            let hits = match wording::hits(answer) {
                Some(hits) => Block::total(hits),
                None => Block::Nothing(response.suggestions.as_ref()),
            };
            vec![spellings, hits]
        }
        Answer::Count(answer) => or_nothing(answer.response.total_entries == 0, total(answer)),
        Answer::Compare(answer) => sampled(answer.response.groups.iter().map(|group| &group.sampled)),
        Answer::Trend(answer) => sampled(answer.response.perspectives.iter().map(|perspective| &perspective.all)),
        Answer::Stories(answer) => or_nothing(answer.is_empty(), answer.total()),
        Answer::Show(answer) => {
            let entries = answer.shown.iter().map(|shown| if shown.entry.is_some() { 1 } else { shown.entries.len() });
            let entries: usize = entries.sum();
            let totals: Vec<Block<'_>> = or_nothing(entries == 0, counted(entries, "entry"));
            totals.into_iter().chain([Block::sentences(answer.missing.iter().cloned())]).collect()
        }
        Answer::Status(answer) => {
            let catalog = &answer.catalog;
            let (topics, entries) = (catalog.topics.len(), catalog.entries.total());
            let all = [counted(catalog.digests, "digest"), counted(topics, "topic"), counted(entries, "entry")];
            or_nothing(entries == 0, all.join(", "))
        }
        Answer::Check(answer) => vec![Block::total(match answer.findings.len() {
            0 => "no findings".to_owned(),
            n => counted(n, "finding"),
        })],
        Answer::Index(_) | Answer::Explain(_) | Answer::Init(_) => Vec::new(),
    }
}

/// Returns the number of matches of all perspectives, and the sample size.
pub fn sampled<'a>(perspectives: impl Iterator<Item = &'a Sampled>) -> Vec<Block<'a>> {
    let (found, entries) = perspectives
        .fold((0, 0), |(found, entries), perspective| (found + perspective.found, entries + perspective.entries));
    match found {
        0 => vec![Block::Nothing(None)],
        found => vec![Block::total(format!("{} of {} sampled", counted(found, "entry"), grouped(entries)))],
    }
}
