//! Renderers: an [`Answer`] as bytes, one renderer a format.

mod answer;
mod human;
mod machine;
pub mod numbers;
mod output;
mod safe;
mod svg;

pub use answer::{
    Answer, CheckAnswer, CheckedAssertion, CheckedFolder, CheckedIndex, CompareAnswer, CountAnswer, IndexAnswer,
    InitAnswer, Note, QueryAnswer, ReportAnswer, ReportContent, ReportHead, ReportSection, ReportTopic, Scope,
    ShowAnswer, Shown, StatusAnswer, StoriesAnswer, TrendAnswer,
};
pub use human::{html, markdown_escaped, wording};
pub use machine::{UnknownField, escaped};
pub use output::{Error, Format, Output, Style};
pub use safe::{acts, is_web, shown};

use std::io::Write;

/// Writes an answer in its format.
pub fn render(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match (output.format, answer) {
        (Format::Text | Format::Md, _) => human::write(answer, output, out),
        (Format::Json | Format::Jsonl | Format::Csv | Format::Tsv | Format::Ids, _) => {
            machine::write(answer, output, out)
        }
        (Format::Svg, Answer::Trend(answer)) => {
            let note = answer.note().filter(|_| !output.style.quiet);
            Ok(svg::write(answer, note.map(|note| note.written(output.style.syntax)).as_deref(), svg::Size::File, out)?)
        }
        (format @ (Format::Svg | Format::Html), _) => {
            // Invalid fields are the first error.
            machine::fields(&machine::records(answer), output)?;
            Err(Error::Format(format))
        }
    }
}

/// Writes a report in its format.
pub fn render_report(answer: &ReportAnswer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match output.format {
        Format::Text | Format::Md | Format::Html => human::write_report(answer, output, out),
        Format::Json => machine::write_report(answer, output, out),
        format @ (Format::Jsonl | Format::Csv | Format::Tsv | Format::Svg | Format::Ids) => Err(Error::Format(format)),
    }
}

/// Writes an answer as a JSON object on a line.
pub fn render_line(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    machine::write_line(answer, output, out)
}
