//! Relative dates: `7d`, `2w`, `last month`, `yesterday`, `3 weeks ago`.

use chrono::{Datelike, Days as Count, Months, NaiveDate};

use super::Days;
use super::span::{months_from, span, week_from};

/// Parses a text in lower case.
pub fn parse(text: &str, as_of: NaiveDate) -> Option<Days> {
    let monday = as_of.checked_sub_days(Count::new(as_of.weekday().num_days_from_monday().into()))?;
    let month = as_of.with_day(1)?;
    let year = NaiveDate::from_ymd_opt(as_of.year(), 1, 1)?;
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["today"] => Some(span(as_of, as_of)),
        ["yesterday"] => as_of.pred_opt().map(|day| span(day, day)),
        ["this", "week"] => week_from(monday),
        ["last", "week"] => week_from(monday.checked_sub_days(Count::new(7))?),
        ["this", "month"] => months_from(month, 1),
        ["last", "month"] => months_from(month.checked_sub_months(Months::new(1))?, 1),
        ["this", "year"] => months_from(year, 12),
        ["last", "year"] => months_from(year.checked_sub_months(Months::new(12))?, 12),
        [number, unit, "ago"] => {
            let day = before(number.parse().ok()?, unit, as_of)?;
            Some(span(day, day))
        }
        ["last" | "past", number, unit] | [number, unit] => back_from(number, unit, as_of),
        [back] => {
            let unit = back.find(|c: char| !c.is_ascii_digit())?;
            back_from(&back[..unit], &back[unit..], as_of)
        }
        _ => None,
    }
}

/// Returns the range of a duration that ends with `as_of`: `7d` is seven days; `1m` begins the day after the same day
/// of the previous month.
fn back_from(number: &str, unit: &str, as_of: NaiveDate) -> Option<Days> {
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some(span(before(number, unit, as_of)?.succ_opt()?, as_of))
}

/// Returns the day a number of units before another.
fn before(number: u32, unit: &str, day: NaiveDate) -> Option<NaiveDate> {
    match unit {
        "d" | "day" | "days" => day.checked_sub_days(Count::new(number.into())),
        "w" | "week" | "weeks" => day.checked_sub_days(Count::new(u64::from(number) * 7)),
        "m" | "month" | "months" => day.checked_sub_months(Months::new(number)),
        "y" | "year" | "years" => day.checked_sub_months(Months::new(number.checked_mul(12)?)),
        _ => None,
    }
}
