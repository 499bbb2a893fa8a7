//! What is said where there is no answer: a code for programs, a message with its causes, the place in the query where
//! there is one, and what to do about it. The same on stderr and over HTTP.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use crate::ask::WrongId;
use crate::engine;
use crate::ingest;
use crate::insight;
use crate::options;
use crate::query::QueryError;
use crate::render::{self, escaped, shown};
use crate::report::{Place, Problem, SpecError};

/// Of longer queries only the part around the place is shown.
const MAX_SHOWN: usize = 300;

/// So many bytes of a longer query are shown on either side of where the place begins.
const AROUND: usize = 60;

/// Why something that was asked for could not be done.
#[derive(Debug, Clone)]
pub struct Failure {
    code: &'static str,
    message: String,
    causes: Vec<String>,
    /// A text and the bytes in it that are wrong.
    place: Option<(String, Range<usize>)>,
    hint: Option<String>,
    /// The file of a report that is wrong, and where.
    file: Option<(String, Place)>,
    /// Whether it is operators of the query that are wrong.
    of_operators: bool,
}

impl Failure {
    /// An error with its causes.
    pub fn new(code: &'static str, error: &dyn Error, hint: Option<String>) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        Self { code, message: error.to_string(), causes, place: None, hint, file: None, of_operators: false }
    }

    /// A message of one's own.
    pub fn message(code: &'static str, message: String, hint: &str) -> Self {
        Self {
            code,
            message,
            causes: Vec::new(),
            place: None,
            hint: Some(hint.to_owned()),
            file: None,
            of_operators: false,
        }
    }

    /// A query that can't be understood.
    pub fn query(error: QueryError, text: &str) -> Self {
        let hint = Some(error.hint());
        let of_operators = error.is_of_operators();
        Self { place: Some((text.to_owned(), error.span.clone())), of_operators, ..Self::new("query", &error, hint) }
    }

    /// An option that can't be meant so, maybe the text.
    pub fn option(error: options::Error, text: &str) -> Self {
        let hint = Some(error.hint());
        match error.problem {
            options::Problem::Query(error) => Self::query(error, text),
            options::Problem::Date(error) => Self::new("date", &error, hint),
            problem => Self::new("usage", &problem, hint),
        }
    }

    /// A request that can't be answered, maybe because of its text.
    pub fn search(error: engine::Error, text: &str) -> Self {
        let place = error.span().map(|span| (text.to_owned(), span));
        Self { place, ..error.into() }
    }

    /// A question that can't be answered, maybe because of its text.
    pub fn insight(error: insight::Error, text: &str) -> Self {
        match error {
            insight::Error::Engine(error) => Self::search(error, text),
            error => Self::new("usage", &error, error.hint()),
        }
    }

    /// What is no id; with ids that are near, where there is an index.
    pub fn id(wrong: &WrongId, reader: Option<&engine::Reader>) -> Self {
        Self::new("id", wrong, Some(wrong.hint(reader)))
    }

    /// A spec of a report that can't be carried out. What stands at the place is shown: the query, or the line of the spec.
    pub fn spec(error: SpecError, file: &str, source: &str) -> Self {
        if error.is_of_index() {
            return match error.problem {
                Problem::Insight(error) => Self::insight(error, ""),
                _ => Self::new("spec", &error, None),
            };
        }
        let at = error.place;
        let place = match error.query() {
            Some((text, span)) => Some((text.to_owned(), span)),
            None => source.lines().nth(at.line - 1).map(|line| {
                let start = line.char_indices().nth(at.column - 1).map_or(line.len(), |(at, _)| at);
                (line.to_owned(), start..start + line[start..].chars().next().map_or(0, char::len_utf8))
            }),
        };
        Self { place, file: Some((file.to_owned(), at)), ..Self::new("spec", &error, error.hint()) }
    }

    /// The same with its cause, unless it says that itself.
    pub fn because(mut self, cause: &Self) -> Self {
        if self.line() != cause.line() {
            self.causes.push(cause.line());
        }
        self
    }

    /// The same in other words.
    pub fn reworded(&self, reword: impl Fn(&str) -> String) -> Self {
        Self {
            code: self.code,
            message: reword(&self.message),
            causes: self.causes.iter().map(|cause| reword(cause)).collect(),
            place: self.place.clone(),
            hint: self.hint.as_deref().map(reword),
            file: self.file.clone(),
            of_operators: self.of_operators,
        }
    }

    /// Whether the same text can be searched for as plain words.
    pub fn is_of_operators(&self) -> bool {
        self.of_operators
    }

    /// Which sort of error it is.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, in a line.
    pub fn message_text(&self) -> &str {
        &self.message
    }

    /// What made it so.
    pub fn causes(&self) -> &[String] {
        &self.causes
    }

    /// What is wrong and what made it so, on a line.
    pub fn line(&self) -> String {
        std::iter::once(&self.message).chain(&self.causes).map(String::as_str).collect::<Vec<_>>().join(": ")
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// A text and the bytes in it that are wrong, the text no longer than anyone reads.
    pub fn place(&self) -> Option<(String, Range<usize>)> {
        self.place.as_ref().map(|(text, place)| around(text, place))
    }

    /// For people, in lines.
    pub fn text(&self, color: bool) -> String {
        let label = |label: &str| if color { format!("\u{1b}[1m{label}:\u{1b}[0m") } else { format!("{label}:") };
        let safe = shown;
        let at = self.file.as_ref().map(|(file, at)| format!("{file}:{}:{}: ", at.line, at.column));
        let mut out = format!("{} {}{}\n", label("error"), safe(&at.unwrap_or_default()), safe(&self.message));
        for cause in &self.causes {
            let _ = writeln!(out, "  {} {}", label("caused by"), safe(cause));
        }
        if let Some((text, span)) = self.place() {
            let width = |text: &str| textwrap::core::display_width(&safe(text));
            let carets = "^".repeat(width(&text[span.clone()]).max(1));
            let _ = writeln!(out, "    {}\n    {}{carets}", safe(&text), " ".repeat(width(&text[..span.start])));
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "  {} {}", label("hint"), safe(hint));
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
        let position = self.place.as_ref().map(|(text, span)| {
            let chars = |end: usize| text[..end].chars().count();
            serde_json::json!({ "start": chars(span.start), "end": chars(span.end) })
        });
        serde_json::json!({
            "code": self.code,
            "message": self.message,
            "causes": self.causes,
            "position": position,
            "file": file,
            "hint": self.hint,
        })
    }
}

/// JSON on a line.
fn one_line(json: &serde_json::Value) -> String {
    escaped(&json.to_string()).into_owned() + "\n"
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        let code = match error {
            engine::Error::Missing { .. } => "no_index",
            engine::Error::Busy { .. } => "busy",
            engine::Error::UnknownValue { .. } => "unknown_value",
            engine::Error::TooManyWords { .. } => "query",
            engine::Error::TooLarge { .. } => "too_large",
            engine::Error::UnknownUnit { .. } => "unknown_unit",
            engine::Error::OtherVersion { .. } => "other_version",
            engine::Error::Damaged { .. } | engine::Error::Tantivy { .. } => "damaged",
            engine::Error::NotAnIndex { .. } | engine::Error::NotAFolder { .. } => "not_an_index",
            engine::Error::Io { .. } | engine::Error::Write { .. } => "io",
        };
        let hint = error.hint();
        Self::new(code, &error, hint)
    }
}

impl From<ingest::Error> for Failure {
    fn from(error: ingest::Error) -> Self {
        match error {
            ingest::Error::Engine(error) => error.into(),
            error => {
                let hint = error.hint();
                let mut failure = Self::new("index", &error, hint);
                if let Some(skipped) = error.skipped() {
                    failure.causes.extend(skipped.iter().map(ToString::to_string));
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
            render::Error::FieldTwice(_) => Self::new("usage", &error, Some("name each field once".to_owned())),
            render::Error::Format(_) => {
                let hint = "svg is for trend, html for report, which can be text, md and json, too".to_owned();
                Self::new("usage", &error, Some(hint))
            }
            render::Error::Io(error) => {
                let message = format!("the answer can't be written: {error}");
                Self { message, causes: Vec::new(), ..Self::new("output", &error, None) }
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
