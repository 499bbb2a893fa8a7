//! Values for the fields of days.
//!
//! Browsers offer a calendar only for fields that take nothing but a day. These fields also take `7d` and `2026-02`, which
//! are what is mostly wanted, so they stay texts, with a list of values to choose from.

use chrono::{Datelike, Months, NaiveDate};
use maud::{Markup, html};

use crate::backend::Catalog;

/// The id of the list.
pub const LIST: &str = "day-values";

/// Relative dates, and their meaning.
const RELATIVE: [(&str, &str); 3] = [("7d", "last 7 days"), ("4w", "last 4 weeks"), ("3m", "last 3 months")];

/// The most months that are listed, the newest.
const MONTHS: usize = 60;

/// Renders the list: relative dates, the first and the last day, and the months between.
pub fn list(catalog: &Catalog) -> Markup {
    let topics = || catalog.topics.values();
    let (first, last) = (topics().map(|topic| topic.first).min(), topics().map(|topic| topic.last).max());
    html! {
        datalist id=(LIST) {
            @if catalog.as_of.is_some() { @for (value, label) in RELATIVE { option value=(value) label=(label) {} } }
            @if let (Some(first), Some(last)) = (first, last) {
                option value=(first) label="first day" {}
                option value=(last) label="last day" {}
                @for month in months(first, last) { option value=(month) {} }
            }
        }
    }
}

/// Returns the months between two days, the newest first.
fn months(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = String> {
    let month = |day: NaiveDate| (day.year(), day.month());
    let before = move |back: u32| last.with_day(1)?.checked_sub_months(Months::new(back));
    (0..)
        .map_while(before)
        .take_while(move |day| month(*day) >= month(first))
        .take(MONTHS)
        .map(|day| day.format("%Y-%m").to_string())
}

#[cfg(test)]
mod tests {
    use super::months;

    #[test]
    fn months_go_back_to_the_first_day() {
        let months = |first: &str, last: &str| {
            let day = |text: &str| text.parse().expect("a day");
            months(day(first), day(last)).collect::<Vec<_>>()
        };
        assert_eq!(months("2025-12-31", "2026-02-01"), ["2026-02", "2026-01", "2025-12"]);
        assert_eq!(months("2026-02-03", "2026-02-28"), ["2026-02"]);
        assert_eq!(months("1926-01-01", "2026-01-31").len(), 60);
    }
}
