//! What can be wrong with an option, and with which.

use crate::query::{DateError, Days, QueryError};

/// An option that can't be meant so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct Error {
    /// The option's name.
    pub option: &'static str,
    /// Which of its values, from 0.
    pub at: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with an option.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A date that is none.
    #[error(transparent)]
    Date(#[from] DateError),
    /// A query that can't be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A field to count by that is there already.
    #[error("--by has {0} twice")]
    Twice(&'static str),
    /// Too many fields to count by.
    #[error("--by has {0} fields; at most two are possible")]
    TooManyFields(usize),
    /// There is nothing to have a share.
    #[error("--share needs words to look for")]
    ShareWithoutWords,
    /// An option that changes nothing here.
    #[error("--{option} has no effect {reason}")]
    NoEffect {
        /// The option.
        option: &'static str,
        /// Where it has none.
        reason: &'static str,
        /// What would give it one.
        remedy: &'static str,
    },
    /// An option of stories, where gaps are sought.
    #[error("--{0} cannot be combined with --gaps")]
    NotOfGaps(&'static str),
    /// An option of gaps, where stories are sought.
    #[error("--{0} is for --gaps")]
    OfGapsOnly(&'static str),
    /// One period, or more than two.
    #[error("--period has {0} periods; two are compared")]
    NotTwoPeriods(usize),
    /// Two periods with the same days in both.
    #[error("the periods {0} and {1} have days in common")]
    PeriodsOverlap(Days, Days),
}

impl Error {
    /// Of the only value of an option, or of the option as a whole.
    pub(super) fn new(option: &'static str, problem: impl Into<Problem>) -> Self {
        Self { option, at: 0, problem: problem.into() }
    }

    /// Whether days end before they begin.
    pub fn is_backwards(&self) -> bool {
        self.option == "until" && matches!(self.problem, Problem::Date(DateError::Backwards { .. }))
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.problem {
            Problem::Date(error) => error.hint(),
            Problem::Query(error) => error.hint(),
            Problem::Twice(_) => "name two different fields, or one".to_owned(),
            Problem::TooManyFields(_) => "count by two fields, and filter by others".to_owned(),
            Problem::ShareWithoutWords => "say what to look for, or leave --share out".to_owned(),
            Problem::NoEffect { option, remedy, .. } => format!("leave --{option} out, or {remedy}"),
            Problem::NotOfGaps(option) => format!("leave --{option} out: gaps come with the least probable first"),
            Problem::OfGapsOnly(option) => format!("leave --{option} out, or add --gaps"),
            Problem::NotTwoPeriods(_) | Problem::PeriodsOverlap(..) => {
                "name two periods apart, such as 2026-01 2026-02".to_owned()
            }
        }
    }
}
