//! Formats and styles of answers, and errors of writing them.

use std::io;

use super::UnknownField;
use crate::diagnostic::Syntax;

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Text,
    /// A JSON object.
    Json,
    /// JSON Lines: an object for each record.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Markdown.
    Md,
    /// A picture of a trend (SVG).
    Svg,
    /// A page of a report (HTML).
    Html,
    /// The ids of records, one a line.
    Ids,
}

impl Format {
    /// Returns the name.
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

/// Settings of a rendering.
#[derive(Debug, Clone)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The style of text.
    pub style: Style,
    /// The fields of records; empty for the default ones.
    pub fields: Vec<String>,
    /// True if tables keep texts that a spreadsheet would evaluate, and CSV line breaks.
    pub raw: bool,
    /// True if CSV begins with a byte order mark, by which Excel recognizes UTF-8.
    pub bom: bool,
}

/// A style of text for people.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Colours.
    pub color: bool,
    /// Terminal hyperlinks (OSC 8).
    pub links: bool,
    /// Addresses in full.
    pub urls: bool,
    /// Bars.
    pub bars: bool,
    /// True to leave notes out.
    pub quiet: bool,
    /// The width of lines, in columns.
    pub width: usize,
    /// The syntax of options in notes and suggestions.
    pub syntax: Syntax,
}

impl Style {
    /// Returns a style without colours, links and bars.
    pub fn plain(width: usize, syntax: Syntax) -> Self {
        Self { color: false, links: false, urls: false, bars: false, quiet: false, width, syntax }
    }
}

/// An error of writing an answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An unknown field.
    #[error(transparent)]
    Field(#[from] UnknownField),
    /// A duplicate field.
    #[error("--fields has `{0}` twice")]
    FieldTwice(String),
    /// An unsupported format.
    #[error("this answer cannot be written as {}", .0.as_str())]
    Format(Format),
    /// An I/O error.
    #[error(transparent)]
    Io(#[from] io::Error),
}
