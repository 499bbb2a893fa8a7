//! Days as people type them: `2026-01-07`, `2026-01`, `2026`, `2026-W07`, `7d`, `last month`, `2026-01..2026-02`. Relative ones
//! count from a given day, not from the clock, so that the same corpus gives the same answer tomorrow.

use std::fmt;

use chrono::{Datelike, Days as Count, Months, NaiveDate, Weekday};

/// A span of days, both ends included; open where there is no end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
}

/// A text that names no days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing that is understood.
    #[error("`{text}` is no date")]
    Unknown {
        /// What was typed.
        text: String,
    },
    /// It counts from the newest digest and there is none.
    #[error("`{text}` counts from the newest digest, and the index has none")]
    NothingToCountFrom {
        /// What was typed.
        text: String,
    },
    /// The span ends before it begins.
    #[error("`{text}` ends before it begins")]
    Backwards {
        /// What was typed.
        text: String,
    },
}

impl Days {
    /// What people can type, for messages.
    pub const FORMS: &str = "2026-01-07, 2026-01, 2026, 2026-W07, 7d, 2w, 3m, 1y, today, yesterday, this week, last month, or a span such as 2026-01..2026-02";

    /// Understands a day, a month, a year, a time back from `as_of`, or a span of them. Vague ends round outward.
    pub fn parse(text: &str, as_of: Option<NaiveDate>) -> Result<Self, DateError> {
        let unknown = || DateError::Unknown { text: text.to_owned() };
        let Some((from, to)) = text.split_once("..") else { return Self::parse_one(text, as_of) };
        let end = |text: &str| match text.trim() {
            "" => Ok(Self::default()),
            text => one(text, as_of)?.ok_or_else(unknown),
        };
        let span = Self { first: end(from)?.first, last: end(to)?.last };
        match span {
            Self { first: None, last: None } => Err(unknown()),
            Self { first: Some(first), last: Some(last) } if first > last => {
                Err(DateError::Backwards { text: text.to_owned() })
            }
            span => Ok(span),
        }
    }

    /// Understands the same, but for spans: for places where one end is asked for.
    pub fn parse_one(text: &str, as_of: Option<NaiveDate>) -> Result<Self, DateError> {
        one(text.trim(), as_of)?.ok_or_else(|| DateError::Unknown { text: text.to_owned() })
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

fn span(first: NaiveDate, last: NaiveDate) -> Days {
    Days { first: Some(first), last: Some(last) }
}

fn one(text: &str, as_of: Option<NaiveDate>) -> Result<Option<Days>, DateError> {
    if let Some(days) = absolute(text) {
        return Ok(Some(days));
    }
    match as_of {
        Some(as_of) => Ok(relative(text, as_of)),
        None => match relative(text, NaiveDate::default()) {
            Some(_) => Err(DateError::NothingToCountFrom { text: text.to_owned() }),
            None => Ok(None),
        },
    }
}

fn absolute(text: &str) -> Option<Days> {
    if let Some((year, week)) = text.split_once("-W") {
        return iso_week(year, week);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    if !parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let year = i32::try_from(*numbers.first()?).ok()?;
    match (&lengths[..], &numbers[..]) {
        ([4, 2, 2], [_, month, day]) => NaiveDate::from_ymd_opt(year, *month, *day).map(|d| span(d, d)),
        ([4, 2], [_, month]) => months_from(NaiveDate::from_ymd_opt(year, *month, 1)?, 1),
        ([4], _) => months_from(NaiveDate::from_ymd_opt(year, 1, 1)?, 12),
        _ => None,
    }
}

/// A week of ISO 8601: `2026-W07`.
fn iso_week(year: &str, week: &str) -> Option<Days> {
    let number = |digits: &str, length| {
        let is_number = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (year, week) = (number(year, 4)?, number(week, 2)?);
    week_from(NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, Weekday::Mon)?)
}

fn relative(text: &str, as_of: NaiveDate) -> Option<Days> {
    let text = text.to_lowercase();
    let monday = as_of.checked_sub_days(Count::new(as_of.weekday().num_days_from_monday().into()))?;
    let month = as_of.with_day(1)?;
    let year = NaiveDate::from_ymd_opt(as_of.year(), 1, 1)?;
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["today"] => Some(span(as_of, as_of)),
        ["yesterday"] => as_of.pred_opt().map(|d| span(d, d)),
        ["this", "week"] => week_from(monday),
        ["last", "week"] => week_from(monday.checked_sub_days(Count::new(7))?),
        ["this", "month"] => months_from(month, 1),
        ["last", "month"] => months_from(month.checked_sub_months(Months::new(1))?, 1),
        ["this", "year"] => months_from(year, 12),
        ["last", "year"] => months_from(year.checked_sub_months(Months::new(12))?, 12),
        [back] => back_from(back, as_of),
        _ => None,
    }
}

/// `7d`: seven days, of which `as_of` is the last. `1m` begins the day after the same day of the month before.
fn back_from(text: &str, as_of: NaiveDate) -> Option<Days> {
    let unit = text.chars().next_back()?;
    let number: u32 = text[..text.len() - unit.len_utf8()].parse().ok().filter(|n| *n > 0)?;
    let before = match unit {
        'd' => as_of.checked_sub_days(Count::new(number.into())),
        'w' => as_of.checked_sub_days(Count::new(u64::from(number) * 7)),
        'm' => as_of.checked_sub_months(Months::new(number)),
        'y' => as_of.checked_sub_months(Months::new(number.checked_mul(12)?)),
        _ => None,
    }?;
    Some(span(before.succ_opt()?, as_of))
}

fn week_from(monday: NaiveDate) -> Option<Days> {
    Some(span(monday, monday.checked_add_days(Count::new(6))?))
}

fn months_from(first: NaiveDate, months: u32) -> Option<Days> {
    Some(span(first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let as_of = NaiveDate::from_ymd_opt(2026, 3, 4); // a Wednesday
        let end = |d: Option<NaiveDate>| d.map_or(String::new(), |d| d.to_string());
        let got = match Days::parse(text, as_of) {
            Ok(days) => format!("{}..{}", end(days.first), end(days.last)),
            Err(e) => e.to_string(),
        };
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn absolute_days() {
        check("2026-01-07", "2026-01-07..2026-01-07");
        check("2026-02", "2026-02-01..2026-02-28");
        check("2024", "2024-01-01..2024-12-31");
        check("2026-W01", "2025-12-29..2026-01-04");
        check("2026-W53..2027-W01", "2026-12-28..2027-01-10");
        check("2026-01..2026-02", "2026-01-01..2026-02-28");
        check("2026-01-07..2026-01-07", "2026-01-07..2026-01-07");
        check("2026-01-15..", "2026-01-15..");
        check("..2026-01", "..2026-01-31");
    }

    #[test]
    fn relative_days() {
        check("today", "2026-03-04..2026-03-04");
        check("Yesterday", "2026-03-03..2026-03-03");
        check("7d", "2026-02-26..2026-03-04");
        check("2w", "2026-02-19..2026-03-04");
        check("1m", "2026-02-05..2026-03-04");
        check("1y", "2025-03-05..2026-03-04");
        check("this week", "2026-03-02..2026-03-08");
        check("last  week", "2026-02-23..2026-03-01");
        check("this month", "2026-03-01..2026-03-31");
        check("this year", "2026-01-01..2026-12-31");
        check("last month", "2026-02-01..2026-02-28");
        check("last year", "2025-01-01..2025-12-31");
        check("7d..yesterday", "2026-02-26..2026-03-03");
    }

    #[test]
    fn rubbish() {
        for text in [
            "",
            "..",
            "soon",
            "2026-13",
            "2026-02-30",
            "0d",
            "-1d",
            "99999999999y",
            "2026-1-7",
            "2026-W54",
            "2026-W7",
            "d",
            "é",
            "2026-01-07-01",
            "5000000y",
        ] {
            check(text, &format!("`{text}` is no date"));
        }
        check("2026-02..2026-01", "`2026-02..2026-01` ends before it begins");
        assert_eq!(Days::parse("7d", None), Err(DateError::NothingToCountFrom { text: "7d".to_owned() }));
    }

    #[test]
    fn spans_are_the_days_in_them() {
        const DAYS: usize = 5;
        let day = |at: usize| NaiveDate::default() + Count::new(at as u64);
        // Each end is one of the days, or open.
        let ends = || (0..DAYS).map(Some).chain([None]);
        let pairs = ends().flat_map(|first| ends().map(move |last| (first, last)));
        let spans = pairs.filter(|(first, last)| first.unwrap_or(0) <= last.unwrap_or(DAYS));
        let spans: Vec<(Days, Vec<bool>)> = spans
            .map(|(first, last)| {
                let days = (0..DAYS).map(|at| first.unwrap_or(0) <= at && at <= last.unwrap_or(DAYS)).collect();
                (Days { first: first.map(day), last: last.map(day) }, days)
            })
            .collect();
        let held = |span: &Days| (0..DAYS).map(|at| span.contains(day(at))).collect::<Vec<_>>();
        for (a, in_a) in &spans {
            assert_eq!(&held(a), in_a, "{a}");
            for (b, in_b) in &spans {
                let in_both: Vec<bool> = in_a.iter().zip(in_b).map(|(a, b)| a & b).collect();
                assert_eq!(a.overlaps(b), in_both.contains(&true), "{a} and {b}");
                assert_eq!(held(&a.within(b)), in_both, "{a} and {b}");
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "([0-9]{1,5}|-|\\.\\.|d|m|y|last |\\PC)*") {
            let _ = Days::parse(&text, NaiveDate::from_ymd_opt(2026, 3, 4));
            let _ = Days::parse(&text, None);
        }
    }
}
