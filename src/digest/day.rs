//! Parser of dates. Time and zone are ignored: a day is never converted to another zone.

use chrono::{Datelike, NaiveDate};

const MONTHS: [[&str; 3]; 12] = [
    ["january", "jan", "enero"],
    ["february", "feb", "febrero"],
    ["march", "mar", "marzo"],
    ["april", "apr", "abril"],
    ["may", "may", "mayo"],
    ["june", "jun", "junio"],
    ["july", "jul", "julio"],
    ["august", "aug", "agosto"],
    ["september", "sep", "septiembre"],
    ["october", "oct", "octubre"],
    ["november", "nov", "noviembre"],
    ["december", "dec", "diciembre"],
];

/// Names of weekdays, short and long.
pub const WEEKDAYS: [&str; 14] = [
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Reports whether a day is within 1900–2199. A mistyped year would stretch every range of days.
pub fn is_plausible(day: &NaiveDate) -> bool {
    (1900..2200).contains(&day.year())
}

/// Parses a date in an unambiguous format: year first (`2026-02-10`, `2026/2/9`, `20260210`), or with the month as a
/// word (`Feb 9, 2026`, `9 de febrero de 2026`). A time and a zone may follow.
pub fn unambiguous(text: &str) -> Option<NaiveDate> {
    let text = text.trim_matches(is_space);
    year_first(text).or_else(|| with_month_word(text)).filter(is_plausible)
}

/// Returns the number of a month, from 1, given its English or Spanish name.
pub fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    MONTHS.iter().position(|names| names.contains(&word)).map(|at| at as u32 + 1)
}

/// Reports whether a text is a time of day, a zone, or both: `T04:00:18.549Z`, ` 04:00 -0500`, ` 4:00 PM GMT`.
pub fn is_time(text: &str) -> bool {
    let text = text.strip_prefix(['T', 't', ',']).unwrap_or(text).trim_start_matches(is_space);
    let (clock, rest) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(text.len()));
    (clock.is_empty() || is_clock(clock)) && is_zone(rest.trim_start_matches(is_space))
}

fn year_first(text: &str) -> Option<NaiveDate> {
    let (year, rest) = digits(text, 4)?;
    let day = |year: &str, month: &str, day: &str| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    if let Some((compact, rest)) = digits(text, 8) {
        return is_time(rest).then(|| day(year, &compact[4..6], &compact[6..]))?;
    }
    let mark = rest.chars().next().filter(|mark| matches!(mark, '-' | '/' | '.' | '年'))?;
    let rest = rest[mark.len_utf8()..].trim_start_matches(' ');
    let (month, rest) = digits(rest, 2).or_else(|| digits(rest, 1))?;
    let rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?.trim_start_matches(' ');
    let (number, rest) = digits(rest, 2).or_else(|| digits(rest, 1))?;
    let rest = match mark {
        '年' => rest.strip_prefix('日')?,
        // Korean dates end with a full stop.
        '.' => rest.strip_prefix('.').unwrap_or(rest),
        _ => rest,
    };
    // Neither the zone in `2026-02-10-11` nor the time in `2026-02-10x` is valid.
    let is_end = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-'))
        || rest.starts_with(['T', 't', 'Z', 'z']);
    (is_end && is_time(rest)).then(|| day(year, month, number))?
}

/// Splits off a run of exactly `count` digits, or the first four of eight.
fn digits(text: &str, count: usize) -> Option<(&str, &str)> {
    let found = text.bytes().take_while(u8::is_ascii_digit).count();
    (found == count || count == 4 && found == 8).then(|| text.split_at(count))
}

/// Parses `Feb 9, 2026`, `9 February 2026`, `Tue, 10 Feb 2026 04:00:00 GMT`, `Tue Feb 10 2026 04:00:00 GMT+0000
/// (Coordinated …)`.
fn with_month_word(text: &str) -> Option<NaiveDate> {
    let text = text.split_once(" (").map_or(text, |(text, _zone)| text);
    let (mut numbers, mut found, mut year) = (Vec::new(), None, None);
    for word in text.split(|c| is_space(c) || c == ',').filter(|word| !word.is_empty()) {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        let number = ordinal.trim_end_matches('.').parse::<u32>().ok().filter(|_| ordinal.len() <= 4);
        match (number, month(word)) {
            (Some(number @ 1..=31), _) if ordinal.len() <= 3 => numbers.push(number),
            (Some(number), _) if ordinal.len() == 4 && year.is_none() => year = i32::try_from(number).ok(),
            (None, Some(number)) if found.is_none() => found = Some(number),
            _ if word.contains(':') && is_time(word) => {}
            _ if WEEKDAYS.contains(&word.trim_end_matches('.').to_lowercase().as_str()) => {}
            _ if matches!(word, "de" | "del" | "of" | "at") || is_zone(word) => {}
            _ => return None,
        }
    }
    match numbers[..] {
        [day] => NaiveDate::from_ymd_opt(year?, found?, day),
        _ => None,
    }
}

fn is_clock(text: &str) -> bool {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let parts: Vec<&str> = match whole.len() {
        // ISO 8601 basic format, without colons.
        4 | 6 if !whole.contains(':') && whole.is_ascii() => {
            (0..whole.len()).step_by(2).map(|at| &whole[at..at + 2]).collect()
        }
        _ => whole.split(':').collect(),
    };
    let in_range =
        |(part, most): (&&str, u32)| matches!(part.len(), 1 | 2) && part.parse::<u32>().is_ok_and(|n| n <= most);
    (2..=3).contains(&parts.len())
        && parts.iter().zip([24, 59, 60]).all(in_range)
        && fraction.bytes().all(|b| b.is_ascii_digit())
}

/// Reports whether a text is a sequence of zones: `Z`, `UTC`, `EST`, `PM`, `-0500`, `+01:00`, `GMT+0000`,
/// `[Europe/Berlin]`.
fn is_zone(text: &str) -> bool {
    text.split(is_space).filter(|word| !word.is_empty()).all(|word| {
        let word = word.split_once('[').map_or(word, |(word, _name)| word);
        let (name, offset) = word.split_at(word.find(['+', '-', '−']).unwrap_or(word.len()));
        let is_half =
            matches!(name.to_ascii_lowercase().trim_matches('.'), "am" | "pm" | "a.m" | "p.m" | "z" | "utc" | "gmt");
        let is_name = is_half || name.len() <= 5 && name.bytes().all(|b| b.is_ascii_uppercase());
        let is_offset = offset.is_empty()
            || offset.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':')
                && (2..=7).contains(&offset.chars().count());
        is_name && is_offset
    })
}

/// Reports whether a character is white space or invisible.
fn is_space(c: char) -> bool {
    super::text::is_blank(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, day: Option<&str>) {
        assert_eq!(unambiguous(text).map(|day| day.to_string()).as_deref(), day, "{text}");
    }

    #[test]
    fn time_and_zone_do_not_change_the_day() {
        for time in [
            "",
            "T04:00:18.549Z",
            "t23:30:00z",
            " 04:00:00 +0000",
            " 23:30:00 -0500",
            " 04:00 -0500",
            "T04:00",
            "T04:00Z",
            "T23:30:00+14:00",
            "T23:30:00,5-11",
            " 4:00",
            " 04:00:00 UTC",
            "T040000Z",
            "  04:00:00  +00:00",
            " 11:30 PM",
            "Z",
            " +0000",
            "T23:59:60Z",
            "T24:00:00",
            " 04:00:00 [Europe/Berlin]",
            "\u{a0}04:00",
            ", 4:00:00\u{202f}PM",
        ] {
            check(&format!("2026-02-10{time}"), Some("2026-02-10"));
        }
    }

    #[test]
    fn unambiguous_formats_are_parsed() {
        for text in [
            "2026-2-9",
            "2026/02/09",
            "2026/2/9",
            "2026.02.09",
            "2026. 2. 9.",
            "2026年2月9日",
            "20260209",
            "Feb 9, 2026",
            "February 9th, 2026",
            "9 Feb 2026",
            "9 de febrero de 2026",
            "Mon, 9 Feb 2026 04:00:00 GMT",
            "Sept. 9, 2026",
            "Mon Feb 09 2026 04:00:00 GMT+0000 (Coordinated Universal Time)",
            "Mon Feb  9 04:00:00 UTC 2026",
        ] {
            let month = if text.starts_with("Sept") { "09" } else { "02" };
            check(text, Some(&format!("2026-{month}-09")));
        }
    }

    #[test]
    fn ambiguous_and_invalid_dates_are_rejected() {
        for text in [
            "",
            "soon",
            "2026-02-30",
            "2026-13-01",
            "9999-12-31",
            "0026-01-07",
            "2/9/2026",
            "9.2.2026",
            "26-02-09",
            "2026-02",
            "2026",
            "2026-02-1000",
            "2026-02-10T25:00",
            "2026-02-10T04:61",
            "2026-02-10 and more words",
            "2026-02-10x",
            "Feb 2026",
            "Feb 9",
            "Feb 30, 2026",
            "2026-02/10",
            "Feb 9 10, 2026",
            "2026-02-10-11",
        ] {
            check(text, None);
        }
    }
}
