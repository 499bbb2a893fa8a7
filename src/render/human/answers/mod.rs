//! Answers as blocks, one file a kind of answer.

mod check;
mod compare;
mod count;
mod entry;
mod explain;
mod index;
mod init;
mod query;
mod records;
mod report;
mod sample;
mod show;
mod status;
mod stories;
mod totals;
mod trend;

use std::ops::Range;

use super::blocks::{Block, Line};
use crate::query::Entry;
use crate::render::Answer;

pub use query::reasons;
pub use records::blocks as records;
pub use report::blocks as report;

/// Returns an answer as blocks, with its note as the last.
pub fn blocks(answer: &Answer) -> Vec<Block<'_>> {
    let mut blocks = blocks_of(answer);
    blocks.extend(answer.note().map(Block::Note));
    blocks
}

fn blocks_of(answer: &Answer) -> Vec<Block<'_>> {
    match answer {
        Answer::Index(answer) => index::blocks(answer),
        Answer::Query(answer) => query::blocks(answer),
        Answer::Count(answer) => count::blocks(answer),
        Answer::Compare(answer) => compare::blocks(answer),
        Answer::Trend(answer) => trend::blocks(answer),
        Answer::Stories(answer) => stories::blocks(answer),
        Answer::Show(answer) => show::blocks(answer),
        Answer::Status(answer) => status::blocks(answer),
        Answer::Check(answer) => check::blocks(answer),
        Answer::Explain(answer) => explain::blocks(answer),
        Answer::Init(answer) => init::blocks(answer),
    }
}

/// Returns the beginning of an entry's description, with marks; empty without one.
pub fn description<'a>(entry: &'a Entry, marks: &'a [Range<usize>]) -> Line<'a> {
    entry::description(entry, marks)
}

/// Returns the origin of an entry: source or kind, perspective and day.
pub fn origin(entry: &Entry) -> Line<'_> {
    entry::origin(entry, &[])
}
