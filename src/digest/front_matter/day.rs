//! The day of a digest, as front matter has it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

/// The UTC day of an ISO 8601 date or time; none where there is no such day.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc().date_naive());
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let time = local.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    time.map(|t| t.date()).or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
}

/// Whether there can be news of that day. A mistyped year would stretch every span of days.
pub fn is_plausible(day: &NaiveDate) -> bool {
    (1900..2200).contains(&day.year())
}
