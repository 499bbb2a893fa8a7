//! Days in file names, paths and headings: `2026-03-25`, `2026/3/25`, `20260325`, `2026年3月25日`, `March 25, 2026`.

use std::ops::Range;

use chrono::NaiveDate;

use crate::digest::day::{WEEKDAYS, is_plausible, month};

/// A run of digits, or of letters.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    is_number: bool,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Returns the number, if it has at most that many digits.
    fn number(&self, digits: usize) -> Option<u32> {
        (self.is_number && self.text.len() <= digits).then(|| self.text.parse().ok())?
    }

    fn year(&self) -> Option<i32> {
        (self.is_number && self.text.len() == 4).then(|| self.text.parse().ok())?
    }

    fn month(&self) -> Option<u32> {
        if self.is_number || self.text.len() < 3 { None } else { month(self.text) }
    }

    fn is_ordinal(&self) -> bool {
        matches!(self.text, "st" | "nd" | "rd" | "th" | "de" | "of")
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let is_number = c.is_ascii_digit();
        // The signs of `2026年3月25日` are tokens of their own.
        let is_sign = matches!(c, '年' | '月' | '日' | '년' | '월' | '일');
        match out.last_mut() {
            Some(last) if last.end() == at && last.is_number == is_number && !is_sign && !is_date_sign(last.text) => {
                last.text = &text[last.start..at + c.len_utf8()];
            }
            _ => out.push(Token { text: &text[at..at + c.len_utf8()], start: at, is_number }),
        }
    }
    out
}

fn is_date_sign(text: &str) -> bool {
    matches!(text, "年" | "月" | "日" | "년" | "월" | "일")
}

/// Returns the days in a text with their ranges, in order. Impossible dates are skipped.
pub fn days(text: &str) -> Vec<(NaiveDate, Range<usize>)> {
    // Every form has a year; most texts have none.
    if !has_year(text) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let (mut out, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        match day(text, &tokens[at..]) {
            Some((day, count)) => {
                out.push((day, tokens[at].start..tokens[at + count - 1].end()));
                at += count;
            }
            None => at += 1,
        }
    }
    out
}

/// Reports whether four digits are in a row.
fn has_year(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits == 4
    })
}

/// Returns the latest day in a text.
pub fn latest(text: &str) -> Option<NaiveDate> {
    days(text).into_iter().map(|(day, _)| day).max()
}

/// Returns the day at the start of some tokens, and the number of its tokens.
fn day(text: &str, tokens: &[Token<'_>]) -> Option<(NaiveDate, usize)> {
    let date = |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day).filter(is_plausible);
    let near = |first: usize| {
        let gap = &text[tokens[first].end()..tokens[first + 1].start];
        gap.chars().count() <= 2 && !gap.contains('\n')
    };
    let first = tokens.first()?;
    if first.is_number && first.text.len() == 8 {
        let part = |range: Range<usize>| first.text[range].parse::<u32>().ok();
        return Some((date(part(0..4)?.try_into().ok()?, part(4..6)?, part(6..8)?)?, 1));
    }
    if let (Some(year), [_, a, b, c, d, ..]) = (first.year(), tokens)
        && matches!((a.text, c.text), ("年", "月") | ("년", "월"))
    {
        let count = if tokens.get(5).is_some_and(|end| matches!(end.text, "日" | "일")) { 6 } else { 5 };
        return Some((date(year, b.number(2)?, d.number(2)?)?, count));
    }
    // `2026-03-25`, and the same with the name of the month.
    if let (Some(year), [_, month, day, ..]) = (first.year(), tokens) {
        let month = month.number(2).or_else(|| month.month());
        return (near(0) && near(1)).then(|| Some((date(year, month?, day.number(2)?)?, 3)))?;
    }
    // `March 25, 2026`, `25 March 2026`, `March 24–25, 2026`; ordinals and `of` are skipped.
    let mut parts: Vec<(usize, Token<'_>)> = Vec::new();
    for (at, token) in tokens.iter().enumerate().take(8).filter(|(_, token)| !token.is_ordinal()) {
        parts.push((at, *token));
        if token.year().is_some() || parts.len() == 4 {
            break;
        }
    }
    let &(last, end) = parts.last()?;
    let year = end.year().filter(|_| (0..last).all(|at| gap_is_short(text, tokens, at)))?;
    let (month, day) = match parts[..] {
        [(_, a), (_, b), _] => match (a.month(), b.month()) {
            (Some(month), None) => (month, b.number(2)?),
            (None, Some(month)) => (month, a.number(2)?),
            _ => return None,
        },
        [(_, a), (_, b), (_, c), _] => match (a.month(), c.month()) {
            (Some(month), None) => (month, b.number(2).and(c.number(2))?),
            (None, Some(month)) => (month, a.number(2).and(b.number(2))?),
            _ => return None,
        },
        _ => return None,
    };
    Some((date(year, month, day)?, last + 1))
}

fn gap_is_short(text: &str, tokens: &[Token<'_>], at: usize) -> bool {
    let gap = &text[tokens[at].end()..tokens[at + 1].start];
    gap.chars().count() <= 3 && !gap.contains('\n')
}

/// Reports whether a path component consists of digits and names of months only, such as `2025-06` or `03`.
pub fn is_date_piece(component: &str) -> bool {
    let tokens = tokens(component);
    tokens.iter().any(|token| token.is_number)
        && tokens.iter().all(|token| {
            token.is_number && token.text.len() <= 8 || token.month().is_some() || is_date_sign(token.text)
        })
}

/// Reports whether each number and month of a path component is that of a day, such as `2025-06` of 18 June 2025.
pub fn is_piece_of(component: &str, day: NaiveDate) -> bool {
    use chrono::Datelike;
    let is_part = |token: &Token<'_>| match token.text.len() {
        8 if token.is_number => token.text == day.format("%Y%m%d").to_string(),
        6 if token.is_number => token.text == day.format("%Y%m").to_string(),
        4 if token.is_number => token.text == day.format("%Y").to_string(),
        1 | 2 if token.is_number => token.text.parse().is_ok_and(|n: u32| n == day.month() || n == day.day()),
        _ => token.month() == Some(day.month()) || is_date_sign(token.text),
    };
    is_date_piece(component) && tokens(component).iter().all(is_part)
}

/// Reports whether a text is only a day, with or without its weekday.
pub fn is_only_day(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let days = days(text);
    let is_rest = |token: &Token<'_>| !days.iter().any(|(_, range)| range.contains(&token.start));
    let is_weekday = |token: &Token<'_>| {
        let word = token.text.to_lowercase();
        WEEKDAYS.contains(&word.as_str()) || word.starts_with("星期") || word.starts_with('周') || word.ends_with("曜")
    };
    !days.is_empty() && tokens(text).iter().filter(|token| is_rest(token)).all(is_weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_within_text() {
        for text in [
            "2026-03-25",
            "2026-03-25-news",
            "news_20260325",
            "2026_3_25",
            "Daily 2026/3/25",
            "美伊战况简报（2026年3月25日）",
            "2026년 3월 25일",
            "Digest for March 25, 2026",
            "Wed, 25th of March 2026",
            "mar-25-2026",
            "25-mar-2026-digest",
            "2026-mar-25",
            "March 19–25, 2026",
            "19 - 25 March 2026",
            "2026-03-25T10:00",
            "week 2026-03-19 to 2026-03-25",
        ] {
            assert_eq!(latest(text).map(|day| day.to_string()).as_deref(), Some("2026-03-25"), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_days() {
        for text in [
            "2026",
            "2026-03",
            "2026-02-29",
            "9999-12-31",
            "v1.2.3",
            "3/25/2026",
            "202603",
            "part 2026 of 3",
            "March 2026",
            "",
        ] {
            assert_eq!(latest(text), None, "{text}");
        }
    }

    #[test]
    fn pieces_of_dates_are_recognized() {
        for piece in ["2025", "06", "2025-06", "2025_06", "june", "2025-june"] {
            assert_eq!(is_date_piece(piece), piece != "june", "{piece}");
        }
        let day = NaiveDate::from_ymd_opt(2025, 6, 18).expect("a day");
        for (piece, is_piece) in
            [("2025-06", true), ("18", true), ("2025", true), ("2024", false), ("07", false), ("x", false)]
        {
            assert_eq!(is_piece_of(piece, day), is_piece, "{piece}");
        }
        assert!(is_only_day("Wednesday, March 25, 2026") && is_only_day("2026-03-25 (Wed)"));
        assert!(!is_only_day("News of March 25, 2026") && !is_only_day("Wednesday"));
    }
}
