//! Spans of days.

use std::fmt;

use chrono::{Days as Count, Months, NaiveDate};

/// A span of days, both ends included; open where there is no end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
}

impl Days {
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

/// From one day to another.
pub fn span(first: NaiveDate, last: NaiveDate) -> Days {
    Days { first: Some(first), last: Some(last) }
}

/// The week that begins with a Monday.
pub fn week_from(monday: NaiveDate) -> Option<Days> {
    Some(span(monday, monday.checked_add_days(Count::new(6))?))
}

/// So many months, the first of which begins with a day.
pub fn months_from(first: NaiveDate, months: u32) -> Option<Days> {
    Some(span(first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}
