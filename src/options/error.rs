//! Errors in the options of a command.

use std::fmt;

use crate::diagnostic::{Diagnostic, Message, ValueRef, message, option};
use crate::model::Field;
use crate::query::{DateError, Days, QueryError};

/// An invalid option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The option's name.
    pub option: &'static str,
    /// Index of the invalid value, from 0.
    pub at: usize,
    /// The reason.
    pub problem: Problem,
}

/// The reason why an option is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// An invalid date.
    Date(DateError),
    /// An invalid query.
    Query(QueryError),
    /// An invalid second query, with its text.
    OtherQuery(QueryError, String),
    /// An unknown field.
    UnknownField {
        /// The name.
        name: String,
        /// A similar name.
        instead: Option<String>,
        /// The names of all fields that the option takes.
        known: Vec<&'static str>,
    },
    /// A condition without a value.
    NoCondition(String),
    /// A condition that excludes a value.
    NegatedCondition {
        /// The name of the field.
        name: String,
        /// The value.
        value: String,
    },
    /// A condition on a field that has an option of its own.
    OwnOption {
        /// The field.
        field: Field,
        /// The value.
        value: String,
    },
    /// A field named twice.
    DuplicateField(&'static str),
    /// Too many fields to count by.
    TooManyFields(usize),
    /// A share without words to search for.
    ShareWithoutWords,
    /// A second query without words to search for.
    AgainstWithoutWords,
    /// An option without effect on this question.
    NoEffect {
        /// The circumstance in which it has none.
        reason: Message,
        /// The change that would give it one.
        remedy: Message,
    },
    /// An option that cannot be combined with `gaps`.
    NotWithGaps,
    /// An option that requires `gaps`.
    OnlyWithGaps,
    /// A number of periods other than two.
    NotTwoPeriods(usize),
    /// Two periods that overlap.
    PeriodsOverlap(Days, Days),
}

impl From<DateError> for Problem {
    fn from(error: DateError) -> Self {
        Self::Date(error)
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.diagnostic("").message)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Returns an error for the first value of an option, or for the option as a whole.
    pub(super) fn new(option: &'static str, problem: impl Into<Problem>) -> Self {
        Self { option, at: 0, problem: problem.into() }
    }

    /// Reports whether `until` is before `since`.
    pub fn is_backwards(&self) -> bool {
        self.option == "until" && matches!(self.problem, Problem::Date(DateError::Backwards { .. }))
    }

    /// Returns the error as data; `text` is the query text.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let own = || option(self.option);
        let (message, hint) = match &self.problem {
            Problem::Query(error) => return error.diagnostic(text),
            Problem::OtherQuery(error, text) => {
                return error.diagnostic(text).with_option(self.option, ValueRef::At(self.at));
            }
            Problem::Date(error) => {
                let hint = Some(error.hint().into());
                return Diagnostic::of("date", error, hint).with_option(self.option, ValueRef::At(self.at));
            }
            Problem::UnknownField { name, known, .. } if known.is_empty() => (
                format!("unknown field `{name}`: the index has no custom fields").into(),
                "define some with `fields` in digest-search.yaml, and run `digest-search index`".into(),
            ),
            Problem::UnknownField { name, instead, known } => {
                let instead = instead.as_ref().map_or_else(String::new, |name| format!("did you mean `{name}`? "));
                (
                    message![format!("unknown field `{name}` for "), own()],
                    format!("{instead}valid fields: {}", known.join(", ")).into(),
                )
            }
            Problem::NoCondition(text) => (
                message![own(), format!(" has `{text}`, expected a field and a value")],
                "write FIELD=VALUE, such as tags=economy".into(),
            ),
            Problem::NegatedCondition { name, value } => {
                (message![own(), " cannot exclude a value"], format!("add `NOT {name}:\"{value}\"` to the text").into())
            }
            Problem::OwnOption { field, value } => (
                message![own(), format!(" is for custom fields; {} is a built-in one", field.as_str())],
                message!["use ", option(field.as_str()).value(value)],
            ),
            Problem::DuplicateField(field) => {
                (message![own(), format!(" has {field} twice")], "name two different fields, or only one".into())
            }
            Problem::TooManyFields(fields) => (
                message![own(), format!(" has {fields} fields, expected at most 2")],
                "count by two fields, and filter by others".into(),
            ),
            Problem::ShareWithoutWords | Problem::AgainstWithoutWords => (
                message![own(), " requires words to search for"],
                message!["add words to search for, or remove ", own()],
            ),
            Problem::NoEffect { reason, remedy } => (
                message![own(), " has no effect ", reason.clone()],
                message!["remove ", own(), ", or ", remedy.clone()],
            ),
            Problem::NotWithGaps => (
                message![own(), " cannot be combined with ", option("gaps")],
                message!["remove ", own(), ": gaps are sorted by probability"],
            ),
            Problem::OnlyWithGaps => {
                (message![own(), " requires ", option("gaps")], message!["remove ", own(), ", or add ", option("gaps")])
            }
            Problem::NotTwoPeriods(periods) => {
                (message![own(), format!(" needs 2 periods, not {periods}")], period_hint())
            }
            Problem::PeriodsOverlap(a, b) => (format!("the periods {a} and {b} overlap").into(), period_hint()),
        };
        Diagnostic::new("usage", message, Some(hint)).with_option(self.option, ValueRef::At(self.at))
    }
}

fn period_hint() -> Message {
    "name two separate periods, such as 2026-01 2026-02".into()
}
