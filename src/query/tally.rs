//! Dimensions of counts.

use chrono::{Datelike, NaiveDate};

use crate::model::Field;

/// A dimension to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Values of a field.
    Facet(Field),
    /// Intervals of the date: day of publication of a title, or day of the digest.
    Date(Span),
    /// Intervals of the day of the digest, on which an entry was sampled.
    DigestDate(Span),
}

/// Length of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A day.
    Day,
    /// A week, from Monday (ISO 8601).
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Span {
    /// Returns the first day of the interval that contains a day.
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

/// A key of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Value of a field.
    Value(String),
    /// First day of an interval.
    Day(NaiveDate),
    /// No value, such as the perspective of highlights.
    None,
}

impl Key {
    /// Returns the value of a field.
    pub fn into_value(self) -> Option<String> {
        match self {
            Self::Value(value) => Some(value),
            Self::Day(_) | Self::None => None,
        }
    }
}
