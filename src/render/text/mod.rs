//! Answers for people at a terminal.

mod beside;
mod check;
mod compare;
mod count;
mod index;
mod paint;
mod query;
mod report;
mod show;
mod status;
mod stories;
mod term;
mod trend;

use std::io::{self, Write};

use super::{Answer, Style};

pub use report::write as write_report;

pub fn write(answer: &Answer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match answer {
        Answer::Index(answer) => index::write(answer, out),
        Answer::Query(answer) => query::write(answer, style, out),
        Answer::Count(answer) => count::write(answer, style, out),
        Answer::Compare(answer) => compare::write(answer, style, out),
        Answer::Trend(answer) => trend::write(answer, style, out),
        Answer::Stories(answer) => stories::write(answer, style, out),
        Answer::Show(answer) => show::write(answer, style, out),
        Answer::Status(answer) => status::write(answer, style, out),
        Answer::Check(answer) => check::write(answer, style, out),
    }
}
