//! Errors of requests that need several searches.

use std::fmt;

use crate::backend;
use crate::diagnostic::{Diagnostic, Message, message, option};
use crate::model::{Field, Kind};

/// An error of a request.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A search can't be answered.
    #[error(transparent)]
    Engine(#[from] backend::Error),
    /// Entries of several kinds are not samples of the same.
    #[error("this needs one kind; the query matches {}", .kinds.len())]
    SeveralKinds {
        /// The kinds.
        kinds: Vec<Kind>,
    },
    /// Stories are made of titles.
    #[error("stories consist of titles, not of {kind}s")]
    NoTitles {
        /// The kind asked for.
        kind: Kind,
    },
    /// Perspectives are of one topic.
    #[error("this needs one topic; the query matches {}: {}", .topics.len(), .topics.join(", "))]
    SeveralTopics {
        /// The topics.
        topics: Vec<String>,
    },
    /// There is nothing to compare it with.
    #[error("this needs two perspectives; the query matches only {perspective} of {topic}")]
    OnePerspective {
        /// The perspective.
        perspective: String,
        /// Its topic.
        topic: String,
    },
    /// There is one group, and nothing to compare it with.
    #[error("this needs two groups; the query matches only the {} {group}", .field.spec().label)]
    OneGroup {
        /// The field of the groups.
        field: Field,
        /// The group.
        group: String,
        /// Groups that were asked for, and of which there is nothing.
        without: Vec<String>,
    },
    /// More groups than anyone could read side by side.
    #[error("too many groups: {groups}, one for each {}", .field.spec().label)]
    ManyGroups {
        /// The field of the groups.
        field: Field,
        /// Their number.
        groups: usize,
        /// The largest two.
        largest: Vec<String>,
    },
    /// Periods are compared of one perspective.
    #[error("this needs one perspective; the query matches {}: {}", .perspectives.len(), .perspectives.join(", "))]
    SeveralPerspectives {
        /// The perspectives.
        perspectives: Vec<String>,
    },
    /// Every span of days times every value is more than anyone could read.
    #[error("this would have {rows} counts: {spans} spans of days, each with {values} values")]
    TooManyRows {
        /// The number of counts.
        rows: usize,
        /// The number of spans of days.
        spans: usize,
        /// The number of values of the other field.
        values: usize,
    },
}

impl Error {
    /// Returns the hint.
    pub fn hint(&self) -> Option<Message> {
        let such_as = |name, value: &dyn fmt::Display| message!["choose one, such as ", option(name).value(value)];
        Some(match self {
            Self::Engine(error) => return error.hint(),
            Self::SeveralKinds { kinds } => such_as("kind", &kinds[0]),
            Self::NoTitles { .. } => message!["leave ", option("kind"), " out"],
            Self::SeveralTopics { topics } => such_as("topic", &topics[0]),
            Self::OnePerspective { .. } => {
                message![
                    "leave ",
                    option("perspective"),
                    " out, or compare two ",
                    option("period"),
                    " of one perspective"
                ]
            }
            Self::OneGroup { without, .. } => {
                let without = match &without[..] {
                    [] => String::new(),
                    names => format!("no matching entries for {}; ", names.join(", ")),
                };
                message![without, "name another one with ", option("group")]
            }
            Self::ManyGroups { largest, .. } => {
                let start = Message::from("choose two or more, such as");
                largest.iter().fold(start, |hint, name| hint.and(" ").and(option("group").value(name)))
            }
            Self::SeveralPerspectives { perspectives } => such_as("perspective", &perspectives[0]),
            Self::TooManyRows { .. } => message![
                "take the most frequent values only (",
                option("top").value(20),
                "), fewer days (",
                option("since").value("90d"),
                "), or longer spans"
            ],
        })
    }

    /// The error as data, maybe of a query.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        match self {
            Self::Engine(error) => error.diagnostic(text),
            error => Diagnostic::of("usage", error, error.hint()),
        }
    }
}
