//! What can go wrong with questions that need more than one search.

use crate::engine;

/// What can go wrong with a question.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A search can't be answered.
    #[error(transparent)]
    Engine(#[from] engine::Error),
    /// Every span of days times every value is more than anyone could read.
    #[error("this would have {rows} counts: {spans} spans of days, each with {values} values")]
    TooManyRows {
        /// How many counts there would be.
        rows: usize,
        /// How many spans of days.
        spans: usize,
        /// How many values of the other field.
        values: usize,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Engine(error) => error.hint(),
            Self::TooManyRows { .. } => Some(
                "take the most frequent values only (--top 20), fewer days (--since 90d), or longer spans".to_owned(),
            ),
        }
    }
}
