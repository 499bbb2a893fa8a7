//! Parser of absolute and relative dates.

use chrono::{Datelike, NaiveDate};

use super::error::NO_YEAR;
use super::{DateError, Days, absolute, relative};

impl Days {
    /// Parses a date, or a range between two. Relative dates count from `as_of`. A range includes the whole month, week
    /// or year of its ends.
    pub fn parse(text: &str, as_of: Option<NaiveDate>) -> Result<Self, DateError> {
        let Some((from, to)) = text.split_once("..") else { return Self::parse_one(text, as_of) };
        let end = |text: &str| match text.trim() {
            "" => Ok(Self::default()),
            end => one(end, as_of),
        };
        let span = Self { first: end(from)?.first, last: end(to)?.last };
        match span {
            Self { first: None, last: None } => Err(DateError::unknown(text)),
            Self { first: Some(first), last: Some(last) } if first > last => {
                Err(DateError::Backwards { text: text.to_owned() })
            }
            span => Ok(span),
        }
    }

    /// Parses a date that is not a range, for options that are one end.
    pub fn parse_one(text: &str, as_of: Option<NaiveDate>) -> Result<Self, DateError> {
        if text.contains("..") && Self::parse(text, as_of).is_ok() {
            return Err(DateError::because(text, "expected one day, week, month or year, not a range", None));
        }
        one(text.trim(), as_of)
    }

    /// Parses a single day.
    pub fn parse_day(text: &str, as_of: Option<NaiveDate>) -> Result<NaiveDate, DateError> {
        match Self::parse(text, as_of)? {
            Self { first: Some(first), last: Some(last) } if first == last => Ok(first),
            _ => Err(DateError::NotOneDay { text: text.to_owned() }),
        }
    }

    /// Reports whether a text is a relative date.
    pub fn is_relative(text: &str) -> bool {
        matches!(Self::parse(text, None), Err(DateError::NoReferenceDay { .. }))
    }

    /// Returns a note on the interpretation of an ambiguous date, such as `3/4/2026`.
    pub fn interpretation(text: &str) -> Option<String> {
        let ends = text.split("..").filter(|end| absolute::is_ambiguous(end.trim()));
        let read = |end: &str| Some(format!("`{}` is {} (month/day/year)", end.trim(), one(end.trim(), None).ok()?));
        let readings: Vec<String> = ends.filter_map(read).collect();
        (!readings.is_empty()).then(|| readings.join(", "))
    }
}

/// Parses a date that is not a range.
fn one(text: &str, as_of: Option<NaiveDate>) -> Result<Days, DateError> {
    let relative = |as_of| relative::parse(&text.to_lowercase(), as_of);
    match (absolute::parse(text), as_of) {
        (Ok(days), _) => Ok(days),
        (Err(error), Some(as_of)) => relative(as_of).ok_or_else(|| error.with_year(as_of)),
        (Err(error), None) => match relative(ANY_DAY) {
            Some(_) => Err(DateError::NoReferenceDay { text: text.to_owned() }),
            None => Err(error),
        },
    }
}

/// Any day, to detect relative dates.
const ANY_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 6, 15).expect("a day");

impl DateError {
    /// Adds a suggestion with the latest year in which the date is not in the future, if the year is missing.
    fn with_year(self, as_of: NaiveDate) -> Self {
        match self {
            Self::Unknown { text, reason: Some(reason), instead: None } if reason == NO_YEAR => {
                let years = [as_of.year(), as_of.year() - 1];
                let dated = years.into_iter().map(|year| format!("{text} {year}"));
                let past = |text: &String| one(text, None).is_ok_and(|days| days.first <= Some(as_of));
                let instead = dated.into_iter().find(past);
                Self::Unknown { text, reason: Some(reason), instead }
            }
            error => error,
        }
    }
}
