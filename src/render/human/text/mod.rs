//! Answers for people at a terminal.

mod beside;
mod blocks;
mod columns;
mod compare;
mod count;
mod line;
mod list;
mod paint;
mod query;
mod report;
mod stories;
mod table;
mod term;
mod trend;

use std::io::{self, Write};

use crate::render::{Answer, Style};

pub use report::write as write_report;

pub fn write(answer: &Answer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if let Some(blocks) = super::answers::blocks(answer) {
        return blocks::Text::new(style, out).blocks(&blocks);
    }
    match answer {
        Answer::Query(answer) => query::write(answer, style, out),
        Answer::Count(answer) => count::write(answer, style, out),
        Answer::Compare(answer) => compare::write(answer, style, out),
        Answer::Trend(answer) => trend::write(answer, style, out),
        Answer::Stories(answer) => stories::write(answer, style, out),
        Answer::Gaps(answer) => stories::write_gaps(answer, style, out),
        Answer::Index(_) | Answer::Show(_) | Answer::Status(_) | Answer::Check(_) => Ok(()),
    }
}
