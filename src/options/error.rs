//! What can be wrong with an option, and with which.

use std::fmt;

use crate::diagnostic::{Diagnostic, Message, ValueRef, message, option};
use crate::query::{DateError, Days, QueryError};

/// An option that can't be meant so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The option's name.
    pub option: &'static str,
    /// Which of its values, from 0.
    pub at: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A date that is none.
    Date(DateError),
    /// A query that can't be understood.
    Query(QueryError),
    /// A field to count by that is there already.
    Twice(&'static str),
    /// Too many fields to count by.
    TooManyFields(usize),
    /// There is nothing to have a share.
    ShareWithoutWords,
    /// An option that changes nothing here.
    NoEffect {
        /// Where it has none.
        reason: Message,
        /// What would give it one.
        remedy: Message,
    },
    /// An option of stories, where gaps are sought.
    NotOfGaps,
    /// An option of gaps, where stories are sought.
    OfGapsOnly,
    /// One period, or more than two.
    NotTwoPeriods(usize),
    /// Two periods with the same days in both.
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
    /// Of the only value of an option, or of the option as a whole.
    pub(super) fn new(option: &'static str, problem: impl Into<Problem>) -> Self {
        Self { option, at: 0, problem: problem.into() }
    }

    /// Whether days end before they begin.
    pub fn is_backwards(&self) -> bool {
        self.option == "until" && matches!(self.problem, Problem::Date(DateError::Backwards { .. }))
    }

    /// The error as data; `text` are the words to search for.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let own = || option(self.option);
        let (message, hint) = match &self.problem {
            Problem::Query(error) => return error.diagnostic(text),
            Problem::Date(error) => {
                let hint = Some(error.hint().into());
                return Diagnostic::of("date", error, hint).with_option(self.option, ValueRef::At(self.at));
            }
            Problem::Twice(field) => {
                (message![own(), format!(" has {field} twice")], "name two different fields, or one".into())
            }
            Problem::TooManyFields(fields) => (
                message![own(), format!(" has {fields} fields; at most two are possible")],
                "count by two fields, and filter by others".into(),
            ),
            Problem::ShareWithoutWords => (
                message![own(), " needs words to look for"],
                message!["say what to look for, or leave ", own(), " out"],
            ),
            Problem::NoEffect { reason, remedy } => (
                message![own(), " has no effect ", reason.clone()],
                message!["leave ", own(), " out, or ", remedy.clone()],
            ),
            Problem::NotOfGaps => (
                message![own(), " cannot be combined with ", option("gaps")],
                message!["leave ", own(), " out: gaps come with the least probable first"],
            ),
            Problem::OfGapsOnly => (
                message![own(), " is for ", option("gaps")],
                message!["leave ", own(), " out, or add ", option("gaps")],
            ),
            Problem::NotTwoPeriods(periods) => {
                (message![own(), format!(" has {periods} periods; two are compared")], apart())
            }
            Problem::PeriodsOverlap(a, b) => (format!("the periods {a} and {b} have days in common").into(), apart()),
        };
        Diagnostic::new("usage", message, Some(hint)).with_option(self.option, ValueRef::At(self.at))
    }
}

fn apart() -> Message {
    "name two periods apart, such as 2026-01 2026-02".into()
}
