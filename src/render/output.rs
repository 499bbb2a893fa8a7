//! How answers are to be written, and why they can't be.

use std::io;

use super::UnknownField;

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
