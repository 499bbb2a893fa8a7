//! What can go wrong with questions that need more than one search.

use crate::engine;
use crate::model::Kind;

/// What can go wrong with a question.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A search can't be answered.
    #[error(transparent)]
    Engine(#[from] engine::Error),
    /// Units of several kinds are not samples of the same.
    #[error("there are units of {} kinds", .kinds.len())]
    SeveralKinds {
        /// The kinds.
        kinds: Vec<Kind>,
    },
    /// Stories are made of titles.
    #[error("stories are made of titles, and not of {kind}s")]
    NoTitles {
        /// The kind asked for.
        kind: Kind,
    },
    /// Sides are of one topic.
    #[error("there are units of {} topics: {}", .topics.len(), .topics.join(", "))]
    SeveralTopics {
        /// The topics.
        topics: Vec<String>,
    },
    /// There is nothing to compare it with.
    #[error("there are units of one side only: {side}, of {topic}")]
    OneSide {
        /// The side.
        side: String,
        /// Its topic.
        topic: String,
    },
    /// Periods are compared of one side.
    #[error("there are units of {} sides: {}", .sides.len(), .sides.join(", "))]
    SeveralSides {
        /// The sides.
        sides: Vec<String>,
    },
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
            Self::SeveralKinds { kinds } => Some(format!("choose one, such as --kind {}", kinds[0])),
            Self::NoTitles { .. } => Some("leave --kind out".to_owned()),
            Self::SeveralTopics { topics } => Some(format!("choose one, such as --topic {}", topics[0])),
            Self::OneSide { .. } => Some("leave --perspective out, or compare two --period of one side".to_owned()),
            Self::SeveralSides { sides } => Some(format!("choose one, such as --perspective {}", sides[0])),
            Self::TooManyRows { .. } => Some(
                "take the most frequent values only (--top 20), fewer days (--since 90d), or longer spans".to_owned(),
            ),
        }
    }
}
