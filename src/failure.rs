//! How errors are shown, on stderr and over HTTP: a diagnostic, or a mistake in a file, as lines for people or as JSON.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Syntax, message, option, plain};
use crate::ingest;
use crate::render::{self, escaped, shown};
use crate::report::{SpecError, syntax as of_report};
use crate::yaml::Place;

/// Of longer queries only the part around the place is shown.
const MAX_SHOWN: usize = 300;

/// So many bytes of a longer query are shown on either side of where the place begins.
const AROUND: usize = 60;

/// Why something that was asked for could not be done, as a face shows it.
#[derive(Debug, Clone)]
pub struct Failure {
    diagnostic: Diagnostic,
    /// The file of a report that is wrong, and where.
    file: Option<(String, Place)>,
    /// How options are written.
    syntax: Syntax,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, file: None, syntax: plain }
    }
}

impl Failure {
    /// An error with its causes.
    pub fn new(code: &'static str, error: &dyn Error, hint: Option<String>) -> Self {
        Diagnostic::of(code, error, hint.map(Message::from)).into()
    }

    /// A message of one's own.
    pub fn message(code: &'static str, message: impl Into<Message>, hint: impl Into<Message>) -> Self {
        Diagnostic::new(code, message, Some(hint.into())).into()
    }

    /// A spec of a report that can't be carried out. What stands at the place is shown: the query, or the line of the spec.
    pub fn spec(error: SpecError, file: &str, source: &str) -> Self {
        let at = error.place;
        let diagnostic = error.diagnostic();
        if error.is_of_index() {
            return diagnostic.into();
        }
        let line = || {
            let line = source.lines().nth(at.line - 1)?;
            let start = line.char_indices().nth(at.column - 1).map_or(line.len(), |(at, _)| at);
            Some((line.to_owned(), start..start + line[start..].chars().next().map_or(0, char::len_utf8)))
        };
        let span = diagnostic.span.clone().or_else(line);
        Self {
            diagnostic: Diagnostic { code: "spec", span, ..diagnostic },
            file: Some((file.to_owned(), at)),
            syntax: of_report,
        }
    }

    /// The same with its cause, unless it says that itself.
    pub fn because(mut self, cause: &Self) -> Self {
        if self.line() != cause.line() {
            self.diagnostic.causes.push(cause.line());
        }
        self
    }

    /// The same with options as a face writes them. A file has its own way.
    pub fn in_syntax(self, syntax: Syntax) -> Self {
        if self.file.is_some() { self } else { Self { syntax, ..self } }
    }

    /// Whether it may help to set an option.
    pub fn offers(&self, option: &str) -> bool {
        self.diagnostic.hint.as_ref().is_some_and(|hint| hint.names(option))
    }

    /// Which sort of error it is.
    pub fn code(&self) -> &'static str {
        self.diagnostic.code
    }

    /// What is wrong, in a line.
    pub fn message_text(&self) -> String {
        self.diagnostic.message.written(self.syntax)
    }

    /// What made it so.
    pub fn causes(&self) -> &[String] {
        &self.diagnostic.causes
    }

    /// What is wrong and what made it so, on a line.
    pub fn line(&self) -> String {
        let message = self.message_text();
        std::iter::once(&message).chain(self.causes()).map(String::as_str).collect::<Vec<_>>().join(": ")
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        self.diagnostic.hint.as_ref().map(|hint| hint.written(self.syntax))
    }

    /// A text and the bytes in it that are wrong, the text no longer than anyone reads.
    pub fn place(&self) -> Option<(String, Range<usize>)> {
        self.diagnostic.span.as_ref().map(|(text, place)| around(text, place))
    }

    /// For people, in lines.
    pub fn text(&self, color: bool) -> String {
        let label = |label: &str| if color { format!("\u{1b}[1m{label}:\u{1b}[0m") } else { format!("{label}:") };
        let safe = shown;
        let at = self.file.as_ref().map(|(file, at)| format!("{file}:{}:{}: ", at.line, at.column));
        let mut out = format!("{} {}{}\n", label("error"), safe(&at.unwrap_or_default()), safe(&self.message_text()));
        for cause in self.causes() {
            let _ = writeln!(out, "  {} {}", label("caused by"), safe(cause));
        }
        if let Some((text, span)) = self.place() {
            let width = |text: &str| textwrap::core::display_width(&safe(text));
            let carets = "^".repeat(width(&text[span.clone()]).max(1));
            let _ = writeln!(out, "    {}\n    {}{carets}", safe(&text), " ".repeat(width(&text[..span.start])));
        }
        if let Some(hint) = self.hint() {
            let _ = writeln!(out, "  {} {}", label("hint"), safe(&hint));
        }
        out
    }

    /// For programs, on a line.
    pub fn json(&self) -> String {
        one_line(&serde_json::json!({ "error": self.body() }))
    }

    /// Writes it as the answer to a line of many.
    pub fn write_line(&self, query: Option<&str>, line: usize, out: &mut dyn Write) -> io::Result<()> {
        let error = serde_json::json!({ "query": query, "line": line, "error": self.body() });
        out.write_all(one_line(&error).as_bytes())
    }

    /// Positions are characters of the query, from 0; of a file where one is wrong, of the query or the line at the place.
    fn body(&self) -> serde_json::Value {
        let file = self
            .file
            .as_ref()
            .map(|(file, at)| serde_json::json!({ "name": file, "line": at.line, "column": at.column }));
        let position = self.diagnostic.span.as_ref().map(|(text, span)| {
            let chars = |end: usize| text[..end].chars().count();
            serde_json::json!({ "start": chars(span.start), "end": chars(span.end) })
        });
        serde_json::json!({
            "code": self.code(),
            "message": self.message_text(),
            "causes": self.causes(),
            "position": position,
            "file": file,
            "hint": self.hint(),
        })
    }
}

/// JSON on a line.
fn one_line(json: &serde_json::Value) -> String {
    escaped(&json.to_string()).into_owned() + "\n"
}

impl From<crate::backend::Error> for Failure {
    fn from(error: crate::backend::Error) -> Self {
        error.diagnostic("").into()
    }
}

impl From<ingest::Error> for Failure {
    fn from(error: ingest::Error) -> Self {
        match error {
            ingest::Error::Engine(error) => error.into(),
            error => {
                let mut failure = Self::new("index", &error, error.hint());
                if let Some(skipped) = error.skipped() {
                    failure.diagnostic.causes.extend(skipped.iter().map(ToString::to_string));
                }
                failure
            }
        }
    }
}

impl From<render::Error> for Failure {
    fn from(error: render::Error) -> Self {
        match error {
            render::Error::Field(error) => Self::new("usage", &error, Some(error.hint())),
            render::Error::FieldTwice(field) => Self::message(
                "usage",
                message![option("fields"), format!(" has `{field}` twice")],
                "name each field once",
            ),
            render::Error::Format(_) => {
                let hint = "svg is for trend, html for report, which can be text, md and json, too".to_owned();
                Self::new("usage", &error, Some(hint))
            }
            render::Error::Io(error) => {
                Diagnostic::new("output", format!("the answer can't be written: {error}"), None).into()
            }
        }
    }
}

/// The part of a text around a place in it, and where the place is in that.
fn around(text: &str, place: &Range<usize>) -> (String, Range<usize>) {
    if text.len() <= MAX_SHOWN {
        return (text.to_owned(), place.clone());
    }
    let from = (0..=place.start.saturating_sub(AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let to = (place.start + AROUND..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let [before, behind] = [from > 0, to < text.len()].map(|is_cut| if is_cut { "…" } else { "" });
    let moved = |at: usize| at.min(to) - from + before.len();
    (format!("{before}{}{behind}", &text[from..to]), moved(place.start)..moved(place.end))
}
