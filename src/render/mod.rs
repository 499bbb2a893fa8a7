//! How answers look: one [`Answer`], one renderer a format, into anything that can be written to.

mod answer;
mod human;
mod machine;
pub mod numbers;
mod output;
mod safe;
mod svg;

pub use answer::{
    Answer, Asserted, CheckAnswer, CheckedFolder, CheckedIndex, CompareAnswer, CountAnswer, IndexAnswer, QueryAnswer,
    ReportAnswer, ReportContent, ReportHead, ReportSection, ReportTopic, ShowAnswer, Shown, StatusAnswer,
    StoriesAnswer, TrendAnswer,
};
pub use human::{html, markdown_escaped, told};
pub use machine::{UnknownField, escaped};
pub use output::{Error, Format, Output, Style};
pub use safe::{acts, is_web, shown};

use std::io::Write;

/// Writes an answer.
pub fn render(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match (output.format, answer) {
        (Format::Text | Format::Md, _) => human::write(answer, output, out),
        (Format::Json | Format::Jsonl | Format::Csv | Format::Tsv | Format::Ids, _) => {
            machine::write(answer, output, out)
        }
        (Format::Svg, Answer::Trend(answer)) => Ok(svg::write(answer, out)?),
        (format @ (Format::Svg | Format::Html), _) => {
            // What is wrong with the fields is said first.
            machine::fields(&machine::records(answer), output)?;
            Err(Error::Format(format))
        }
    }
}

/// Writes a report.
pub fn render_report(answer: &ReportAnswer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match output.format {
        Format::Text | Format::Md | Format::Html => human::write_report(answer, output, out),
        Format::Json => machine::write_report(answer, out),
        format @ (Format::Jsonl | Format::Csv | Format::Tsv | Format::Svg | Format::Ids) => Err(Error::Format(format)),
    }
}

/// Writes an answer as one JSON object on one line.
pub fn render_line(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    machine::write_line(answer, output, out)
}
