//! Ranges of days.

use std::fmt;

use chrono::{Days as Count, Months, NaiveDate};

/// An inclusive range of days; an end without a day is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub first: Option<NaiveDate>,
    /// Last day.
    pub last: Option<NaiveDate>,
}

impl Days {
    /// Reports whether the range contains a day.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// Returns the intersection of two ranges.
    pub fn within(&self, other: &Self) -> Self {
        Self { first: self.first.max(other.first), last: [self.last, other.last].into_iter().flatten().min() }
    }

    /// Reports whether two ranges overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ends =
            |last: Option<NaiveDate>, first: Option<NaiveDate>| matches!((last, first), (Some(l), Some(f)) if l < f);
        !ends(self.last, other.first) && !ends(other.last, self.first)
    }
}

/// Formats the range as the parser reads it.
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

/// Returns the range between two days.
pub fn span(first: NaiveDate, last: NaiveDate) -> Days {
    Days { first: Some(first), last: Some(last) }
}

/// Returns the week that begins on a Monday.
pub fn week_from(monday: NaiveDate) -> Option<Days> {
    Some(span(monday, monday.checked_add_days(Count::new(6))?))
}

/// Returns the range of a number of months from a day.
pub fn months_from(first: NaiveDate, months: u32) -> Option<Days> {
    Some(span(first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}
