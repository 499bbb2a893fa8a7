//! What entries are counted by.

use chrono::{Datelike, NaiveDate};

use crate::model::Field;

/// A field to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// What an entry is.
    Facet(Field),
    /// The span of its day: a title's is that of its publication.
    Date(Span),
    /// The span of the day of its digest, on which it was sampled.
    DigestDate(Span),
}

/// So many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// One.
    Day,
    /// A week, from Monday (ISO 8601).
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Span {
    /// The first day of the span that a day is in.
    pub fn first(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => Some(day),
            Self::Week => day.week(chrono::Weekday::Mon).checked_first_day(),
            Self::Month => day.with_day(1),
            Self::Year => day.with_ordinal(1),
        }
        .unwrap_or(day)
    }
}

/// A value that entries have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A value of a facet.
    Value(String),
    /// The first day of a span.
    Day(NaiveDate),
    /// None: highlights have no perspective.
    None,
}

impl Key {
    /// The value of a facet.
    pub fn into_value(self) -> Option<String> {
        match self {
            Self::Value(value) => Some(value),
            Self::Day(_) | Self::None => None,
        }
    }
}
