//! Days as people type them: `2026-01-07`, `2026-01`, `2026`, `2026-W07`, `Jan 7 2026`, `12/25/2025`, `7d`,
//! `last month`, `2026-01..2026-02`. Relative ones count from a given day, not from the clock, so that the same corpus
//! gives the same answer tomorrow.

mod absolute;
mod error;
mod relative;

use std::fmt;

use chrono::{Datelike, Days as Count, Months, NaiveDate, Weekday};

pub use error::DateError;

/// A span of days, both ends included; open where there is no end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
}

impl Days {
    /// Parses a day, a month, a year, a time back from `as_of`, or a span of them. Vague ends round outward.
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

    /// Parses the same, but for spans: for options that are one end.
    pub fn parse_one(text: &str, as_of: Option<NaiveDate>) -> Result<Self, DateError> {
        if text.contains("..") && Self::parse(text, as_of).is_ok() {
            return Err(DateError::because(text, "it is a span; name one day, week, month or year", None));
        }
        one(text.trim(), as_of)
    }

    /// Parses a text that names one day.
    pub fn parse_day(text: &str, as_of: Option<NaiveDate>) -> Result<NaiveDate, DateError> {
        match Self::parse(text, as_of)? {
            Self { first: Some(first), last: Some(last) } if first == last => Ok(first),
            _ => Err(DateError::NotOneDay { text: text.to_owned() }),
        }
    }

    /// Whether a text is understood only with a day to count from.
    pub fn is_relative(text: &str) -> bool {
        matches!(Self::parse(text, None), Err(DateError::NothingToCountFrom { .. }))
    }

    /// How a text was read that could be read in another way, as in `3/4/2026`.
    pub fn reading(text: &str) -> Option<String> {
        let ends = text.split("..").filter(|end| absolute::is_ambiguous(end.trim()));
        let read = |end: &str| Some(format!("`{}` is {} (month/day/year)", end.trim(), one(end.trim(), None).ok()?));
        let readings: Vec<String> = ends.filter_map(read).collect();
        (!readings.is_empty()).then(|| readings.join(", "))
    }

    /// Whether a day is in the span.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// The days that are in both.
    pub fn within(&self, other: &Self) -> Self {
        Self { first: self.first.max(other.first), last: [self.last, other.last].into_iter().flatten().min() }
    }

    /// Whether any day is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ends =
            |last: Option<NaiveDate>, first: Option<NaiveDate>| matches!((last, first), (Some(l), Some(f)) if l < f);
        !ends(self.last, other.first) && !ends(other.last, self.first)
    }
}

/// As it can be typed again.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}"),
            (first, last) => {
                let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
                write!(f, "{}..{}", day(first), day(last))
            }
        }
    }
}

/// Parses what is no span.
fn one(text: &str, as_of: Option<NaiveDate>) -> Result<Days, DateError> {
    let relative = |as_of| relative::parse(&text.to_lowercase(), as_of);
    match (absolute::parse(text), as_of) {
        (Ok(days), _) => Ok(days),
        (Err(error), Some(as_of)) => relative(as_of).ok_or_else(|| error.with_year(as_of)),
        (Err(error), None) => match relative(ANY_DAY) {
            Some(_) => Err(DateError::NothingToCountFrom { text: text.to_owned() }),
            None => Err(error),
        },
    }
}

/// Far from both ends of the calendar, to find out whether a text counts back.
const ANY_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 6, 15).expect("a day");

fn span(first: NaiveDate, last: NaiveDate) -> Days {
    Days { first: Some(first), last: Some(last) }
}

fn week_from(monday: NaiveDate) -> Option<Days> {
    Some(span(monday, monday.checked_add_days(Count::new(6))?))
}

fn months_from(first: NaiveDate, months: u32) -> Option<Days> {
    Some(span(first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

#[cfg(test)]
mod tests;
