//! What units are counted by.

use chrono::NaiveDate;

use super::FacetField;

/// A field to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// What a unit is.
    Facet(FacetField),
    /// Its day: a title's is that of its publication.
    Date,
    /// The day of its digest, on which it was sampled.
    DigestDate,
}

/// A value that units have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A value of a facet.
    Value(String),
    /// A day.
    Day(NaiveDate),
    /// None: highlights have no side.
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
