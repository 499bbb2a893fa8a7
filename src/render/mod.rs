//! How answers look: one [`Answer`], one renderer a format, into anything that can be written to.

mod answer;
mod human;
mod machine;
pub mod numbers;
mod safe;
mod svg;

pub use answer::{
    Answer, Asserted, CheckAnswer, CheckedFolder, CheckedIndex, CompareAnswer, CountAnswer, IndexAnswer, QueryAnswer,
    ReportAnswer, ReportContent, ReportHead, ReportSection, ReportTopic, ShowAnswer, Shown, StatusAnswer,
    StoriesAnswer, TrendAnswer,
};
pub use human::{html, markdown_escaped, told};
pub use machine::{UnknownField, escaped};
pub use safe::{acts, is_web, shown};

use std::io::{self, Write};

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// A JSON object a line for each record.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Markdown.
    Md,
    /// A picture, of what goes on over time.
    Svg,
    /// A page.
    Html,
    /// What tells the records apart, a line each.
    Ids,
}

impl Format {
    /// As it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Md => "md",
            Self::Svg => "svg",
            Self::Html => "html",
            Self::Ids => "ids",
        }
    }
}

/// How an answer is to be written.
#[derive(Debug, Clone)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The look of text.
    pub style: Style,
    /// The fields of records; as the format has them where none are named.
    pub fields: Vec<String>,
    /// Whether tables have texts even if a spreadsheet would run them, CSV with their line breaks.
    pub raw: bool,
    /// Whether CSV begins with a mark that tells Excel that it is UTF-8.
    pub bom: bool,
}

/// How text for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// With links that a terminal opens.
    pub links: bool,
    /// With the links' addresses in full.
    pub urls: bool,
    /// With bars for numbers.
    pub bars: bool,
    /// Without what must be known to read an answer.
    pub quiet: bool,
    /// Characters a line.
    pub width: usize,
}

/// Why an answer can't be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its records have not the fields asked for.
    #[error(transparent)]
    Field(#[from] UnknownField),
    /// A field is asked for more than once.
    #[error("--fields has `{0}` twice")]
    FieldTwice(String),
    /// There is no such form of it.
    #[error("this can't be written as {}", .0.as_str())]
    Format(Format),
    /// It can't be put out.
    #[error(transparent)]
    Io(#[from] io::Error),
}

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
