//! Rendering of errors for stderr and HTTP: a diagnostic, or an error in a file, as lines of text or as JSON.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Message, Syntax, message, option, plain};
use crate::ingest;
use crate::lint::ExplainError;
use crate::render::{self, escaped, shown};
use crate::report::{SpecError, syntax as of_report};
use crate::yaml::Place;

/// Maximum length of a text shown with an error; of a longer one only the part around the error is shown.
const MAX_SHOWN: usize = 300;

/// Number of bytes shown on either side of the start of the error in a longer text.
const AROUND: usize = 60;

/// An error, ready for rendering.
#[derive(Debug, Clone)]
pub struct Failure {
    diagnostic: Diagnostic,
    /// The spec of a report with the error, and the place in it.
    file: Option<(String, Place)>,
    /// The syntax of options in messages.
    syntax: Syntax,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, file: None, syntax: plain }
    }
}

impl Failure {
    /// Returns a failure for an error with its causes.
    pub fn new(code: &'static str, error: &dyn Error, hint: Option<String>) -> Self {
        Diagnostic::of(code, error, hint.map(Message::from)).into()
    }

    /// Returns a failure with a message and a hint.
    pub fn message(code: &'static str, message: impl Into<Message>, hint: impl Into<Message>) -> Self {
        Diagnostic::new(code, message, Some(hint.into())).into()
    }

    /// Returns a failure for an error in a spec, which shows the query or the line of the spec.
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

    /// Adds a cause, unless it repeats the message.
    pub fn caused_by(mut self, cause: &Self) -> Self {
        if self.line() != cause.line() {
            self.diagnostic.causes.push(cause.line());
        }
        self
    }

    /// Sets the syntax of options. Errors in a spec keep that of specs.
    pub fn in_syntax(self, syntax: Syntax) -> Self {
        if self.file.is_some() { self } else { Self { syntax, ..self } }
    }

    /// Reports whether the hint names an option.
    pub fn suggests(&self, option: &str) -> bool {
        self.diagnostic.hint.as_ref().is_some_and(|hint| hint.names(option))
    }

    /// Returns the code of the error.
    pub fn code(&self) -> &'static str {
        self.diagnostic.code
    }

    /// Returns the message, one line.
    pub fn message_text(&self) -> String {
        self.diagnostic.message.written(self.syntax)
    }

    /// Returns the causes, outermost first.
    pub fn causes(&self) -> &[String] {
        &self.diagnostic.causes
    }

    /// Returns the message and its causes on one line.
    pub fn line(&self) -> String {
        let message = self.message_text();
        std::iter::once(&message).chain(self.causes()).map(String::as_str).collect::<Vec<_>>().join(": ")
    }

    /// Returns the hint.
    pub fn hint(&self) -> Option<String> {
        self.diagnostic.hint.as_ref().map(|hint| hint.written(self.syntax))
    }

    /// Returns the text with the error and the byte range of the error, shortened around it.
    pub fn place(&self) -> Option<(String, Range<usize>)> {
        self.diagnostic.span.as_ref().map(|(text, place)| around(text, place))
    }

    /// Renders the failure as lines of text.
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

    /// Renders the failure as JSON on one line.
    pub fn json(&self) -> String {
        one_line(&serde_json::json!({ "error": self.body() }))
    }

    /// Writes the failure as the answer to one query of a batch.
    pub fn write_line(&self, query: Option<&str>, line: usize, out: &mut dyn Write) -> io::Result<()> {
        let error = serde_json::json!({ "query": query, "line": line, "error": self.body() });
        out.write_all(one_line(&error).as_bytes())
    }

    /// Returns the failure as JSON. Positions count characters of the query, or of the line of the spec, from 0.
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

/// Formats JSON as one line.
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

impl From<ExplainError> for Failure {
    fn from(error: ExplainError) -> Self {
        match &error {
            ExplainError::NotInCorpus { .. } => Self::message(
                "explain",
                error.to_string(),
                "name the folder that has the file: digest-search check DIR --explain FILE",
            ),
            ExplainError::Settings { .. } => {
                Self::message("explain", error.to_string(), "correct the settings; docs/layouts.md describes them")
            }
            _ => Self::new("explain", &error, None),
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
                let hint =
                    "svg requires trend, html requires report; report also supports text, md and json".to_owned();
                Self::new("usage", &error, Some(hint))
            }
            render::Error::Io(error) => {
                Diagnostic::new("output", format!("cannot write the answer: {error}"), None).into()
            }
        }
    }
}

/// Returns the part of a text around a range, and the range within that part.
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
