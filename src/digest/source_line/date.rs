//! Date at the end of a source line, in the writer's format or any other.

use chrono::NaiveDate;

use super::lines::is_blank;
use super::source::Published;
use crate::digest::{day, text};

/// Splits off `(M/D/YYYY)` at the end.
pub fn split_date(text: &str) -> Option<(&str, &str)> {
    let (head, date) = text.trim_end_matches(is_blank).strip_suffix(')')?.rsplit_once('(')?;
    let parts = date.split('/').collect::<Vec<_>>();
    let is_date =
        matches!(parts[..], [m, d, y] if (1..=2).contains(&m.len()) && (1..=2).contains(&d.len()) && y.len() == 4);
    (is_date && date.bytes().all(|b| b.is_ascii_digit() || b == b'/')).then_some((head, date))
}

/// Parses a date in the writer's format.
pub fn read_date(date: &str) -> Published {
    let day = NaiveDate::parse_from_str(date, "%m/%d/%Y").ok().filter(day::is_plausible);
    day.map_or_else(|| Published::Impossible(date.to_owned()), Published::On)
}

/// Splits off a date in any format at the end: in brackets, or after a dash, a comma or a space.
pub fn split_any(line: &str) -> Option<(&str, Published)> {
    let line = line.trim_end_matches(|c| text::is_blank(c) || matches!(c, '*' | '_' | '.'));
    for (open, close) in [('(', ')'), ('（', '）'), ('[', ']')] {
        let inside = line.strip_suffix(close).and_then(|line| line.rsplit_once(open));
        // `[]` may be the rest of a title.
        let inside = inside.filter(|(_, date)| open != '[' || readable(text::trimmed(date)).is_some());
        if let Some((head, date)) = inside.and_then(|(head, date)| Some((head, any(date)?))) {
            return Some((head.trim_end_matches(|c| text::is_blank(c) || matches!(c, '*' | '_')), date));
        }
    }
    let is_end = |c: char| text::is_blank(c) || matches!(c, ',' | '|' | '-' | '–' | '—');
    // Takes the longest date: `Feb 9, 2026` has three words.
    let tails = line.rmatch_indices(text::is_blank).take(6).filter_map(|(at, blank)| {
        let tail = &line[at + blank.len()..];
        let date = if tail.ends_with(is_end) { None } else { readable(tail)? };
        Some((line[..at].trim_end_matches(is_end), Published::On(date?)))
    });
    tails.last()
}

/// Parses the text in brackets after a source; `None` if it is not a date.
pub fn any(inside: &str) -> Option<Published> {
    let inside = text::trimmed(inside);
    match readable(inside) {
        Some(Some(day)) => Some(Published::On(day)),
        Some(None) => Some(Published::Impossible(inside.to_owned())),
        None => is_unparsable_date(inside).then(|| Published::Impossible(inside.to_owned())),
    }
}

/// Parses a date in a known format; the inner none is a nonexistent day.
fn readable(text: &str) -> Option<Option<NaiveDate>> {
    if let Some(day) = day::unambiguous(text) {
        return Some(Some(day));
    }
    let (date, time) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.')).unwrap_or(text.len()));
    // `9. 2. 2026`
    let spaced = text.replace(". ", ".");
    let (date, time) = if text.contains(". ") { (spaced.as_str(), "") } else { (date, time) };
    for (mark, month_first) in [('/', true), ('.', false)] {
        let parts: Vec<&str> = date.trim_end_matches('.').split(mark).collect();
        let [first, second, year] = parts[..] else { continue };
        let is_number =
            |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !(is_number(first, 2) && is_number(second, 2) && is_number(year, 4) && year.len() == 4 && day::is_time(time))
        {
            continue;
        }
        let (month, day) = if month_first { (first, second) } else { (second, first) };
        let number = |part: &str| part.parse().unwrap_or_default();
        let day = NaiveDate::from_ymd_opt(year.parse().unwrap_or_default(), number(month), number(day));
        return Some(day.filter(day::is_plausible));
    }
    None
}

/// Reports whether a text is an unparsable date, or a placeholder for a missing one.
fn is_unparsable_date(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_absent = matches!(
        lower.as_str(),
        "" | "invalid date"
            | "undefined"
            | "null"
            | "nan"
            | "nan/nan/nan"
            | "n/a"
            | "unknown"
            | "no date"
            | "undated"
            | "unknown date"
            | "date unknown"
            | "-"
            | "–"
            | "—"
            | "?"
            | "yesterday"
            | "today"
            | "ayer"
            | "hoy"
    );
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let numbers = words().filter(|word| word.bytes().all(|b| b.is_ascii_digit())).count();
    let is_numeric =
        numbers > 0 && text.chars().all(|c| c.is_ascii_digit() || text::is_blank(c) || "/.-:,–年月日".contains(c));
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    // `Radio (880)` and `News (24/7)` are names.
    let is_numeric_date = is_numeric && lower != "24/7" && (numbers > 1 || words().any(is_year));
    let is_date_word = |word: &str| day::month(word).is_some() || matches!(word, "ago" | "hace" | "hours" | "days");
    is_absent || is_numeric_date || has_digit && words().any(is_date_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_at_the_end_are_split_in_any_format() {
        for date in [
            "(2/9/2026)",
            "(2026-02-09)",
            "(Feb 9, 2026)",
            "(9 February 2026)",
            "(9.2.2026)",
            "(09.02.2026)",
            "(2026. 2. 9.)",
            "(9. 2. 2026)",
            "(2026年2月9日)",
            "(2/9/2026, 10:00:00 PM)",
            "（2/9/2026）",
            "[2/9/2026]",
            "(2026-02-09T04:00:00Z)",
            "( 2026/02/09 )",
            "(\u{a0}2/9/2026\u{200e})",
            "*(2/9/2026)*",
            "2/9/2026",
            "- 2026-02-09",
            ", Feb 9, 2026",
            "| 9 Feb 2026",
        ] {
            let line = format!("Edo {date}");
            let (head, published) = split_any(&line).unwrap_or_else(|| panic!("{date}"));
            assert_eq!(
                (text::trimmed(head), published),
                ("Edo", Published::On("2026-02-09".parse().expect("a day"))),
                "{date}"
            );
        }
        for date in [
            "13/45/2026",
            "2026-02-30",
            "Invalid Date",
            "undefined",
            "9-2-2026",
            "26-02-09",
            "Feb 9",
            "9/2",
            "2026",
            "2 hours ago",
            "yesterday",
            "NaN/NaN/NaN",
            "n/a",
        ] {
            let published = split_any(&format!("Edo ({date})")).map(|(_, published)| published);
            assert_eq!(published, Some(Published::Impossible(date.to_owned())));
        }
    }

    #[test]
    fn other_brackets_belong_to_a_name() {
        for name in [
            "The Nation (Pakistan )",
            "Radio (880)",
            "News (24/7)",
            "Mail (Sunday)",
            "[Makers wait][m]",
            "Edo",
            "May Post",
            "",
        ] {
            assert_eq!(split_any(name), None, "{name}");
        }
    }
}
