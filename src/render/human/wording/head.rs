//! The head of a report: its days and digests.

use chrono::NaiveDate;

use super::period;
use crate::render::numbers::counted;
use crate::render::{ReportHead, ReportTopic};

/// The number of ranges of missing days that are named, the newest.
const SPANS: usize = 6;

/// Returns the days of a report.
pub fn days(head: &ReportHead) -> String {
    let days: Vec<String> = head.filters.days.iter().map(period).collect();
    let days = if days.is_empty() { "all days".to_owned() } else { days.join(", ") };
    let as_of = head.as_of.map_or_else(String::new, |day| format!("; relative dates count from {day}"));
    days + &as_of
}

/// Returns the number of digests of a topic and their days.
pub fn digests(topic: &ReportTopic) -> String {
    let days = match (topic.first, topic.last) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    format!("{}{days}", counted(topic.digests, "digest"))
}

/// Returns the missing days, if any.
pub fn missing(topic: &ReportTopic) -> Option<String> {
    let missing = || format!("{}: {}", counted(topic.missing.len(), "missing day"), spans(&topic.missing));
    (!topic.missing.is_empty()).then(missing)
}

/// Formats days as ranges: `2026-02-03, 2026-02-10 to 2026-02-12`.
pub fn spans(days: &[NaiveDate]) -> String {
    let mut spans: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &day in days {
        match spans.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(day) => *last = day,
            _ => spans.push((day, day)),
        }
    }
    let before = spans.len().saturating_sub(SPANS);
    let shown = spans[before..]
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") });
    let earlier = if before > 0 { format!(", and {} before", counted(before, "range")) } else { String::new() };
    shown.collect::<Vec<_>>().join(", ") + &earlier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_row_are_one_span() {
        let days: Vec<NaiveDate> =
            ["2026-01-31", "2026-02-01", "2026-02-03"].iter().map(|d| d.parse().expect("a date")).collect();
        assert_eq!(spans(&days), "2026-01-31 to 2026-02-01, 2026-02-03");
    }
}
