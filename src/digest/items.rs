//! Splits list items that Markdown parses as one paragraph or item, because their marks are joined to the text, not
//! Markdown's, or missing.

use std::ops::Range;

use super::source_line::{self, Mark, loose};
use super::{markdown, text};

/// Maximum number of bytes searched for the end of an item.
const MAX_SOURCE: usize = 4096;

/// Offset of a line in its block, and the line.
type Line<'a> = (usize, &'a str);

fn lines(raw: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    raw.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// Splits a block of bullets or highlights into items. Returns the offset and plain text of each; `None` if Markdown
/// parsed the block correctly.
pub fn bullets(raw: &str, is_item: bool) -> Option<Vec<(usize, String)>> {
    let raw = raw.trim_end();
    let is_plain = |first: &u8| first.is_ascii_alphabetic() || is_item;
    // Fast path: most blocks have one line and no mark.
    if raw.as_bytes().first().is_none_or(is_plain) && memchr::memchr(b'\n', raw.as_bytes()).is_none() {
        return None;
    }
    let marks: Vec<(usize, &str, Option<source_line::Found>)> =
        lines(raw).map(|(at, line)| (at, line, loose(line))).collect();
    let own = if is_item { raw.trim_start().chars().next() } else { None };
    let (mut once, mut repeated): (Vec<Mark>, Vec<Mark>) = Default::default();
    // Each number is a different mark.
    for mark in marks.iter().filter_map(|(.., found)| found.map(|found| found.mark)) {
        match mark {
            Mark::Number(_) => {}
            mark if repeated.contains(&mark) => {}
            mark if once.contains(&mark) => repeated.push(mark),
            mark => once.push(mark),
        }
    }
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut last = source_line::number(raw);
    for (number, (at, _, found)) in marks.iter().enumerate() {
        let Some(found) = found else { continue };
        let is_first = number == 0;
        if is_first && is_item {
            continue;
        }
        let is_repeated = repeated.contains(&found.mark);
        let begins = match found.mark {
            Mark::Sign | Mark::Wide(_) => true,
            // `-5` may be a number.
            Mark::Fused(_) if raw[*at + found.len..].starts_with(|c: char| c.is_ascii_digit()) => is_repeated,
            Mark::Fused(sign) => is_repeated || is_first || own == Some(sign),
            Mark::Dash(_) => is_repeated || is_first,
            Mark::Number(n) => last.is_some_and(|last| last + 1 == n) || is_first,
        };
        if begins {
            if let Mark::Number(n) = found.mark {
                last = Some(n);
            }
            starts.push((*at, *at + found.len));
        }
    }
    let (first, _) = *starts.first()?;
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([raw.len()]);
    let before = (first > 0).then(|| (0, plain_text(&raw[..first])));
    let items = starts.iter().zip(ends).map(|((at, text), end)| (*at, plain_text(&raw[*text..end])));
    Some(before.into_iter().chain(items).filter(|(_, text)| !text.is_empty()).collect())
}

/// Returns the plain text of a part of a block, on one line.
pub fn plain_text(part: &str) -> String {
    markdown::blocks(part.trim()).into_iter().map(|block| block.text).collect::<Vec<_>>().join(" ")
}

/// Splits a block of the source list into items.
pub fn sources(raw: &str) -> Vec<Range<usize>> {
    let raw = raw.trim_end();
    let mut starts: Vec<usize> = vec![0];
    for (at, line) in lines(raw) {
        // No source line is longer.
        let start = starts.last().copied().unwrap_or_default().max(text::boundary(raw, at.saturating_sub(MAX_SOURCE)));
        let so_far = &raw[start..at];
        if at > 0 && source_line::begins_source(line, so_far) {
            starts.push(at);
        }
        starts.extend(source_line::further_sources(line).into_iter().map(|within| at + within));
    }
    let ends = starts.iter().skip(1).copied().chain([raw.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, is_item: bool, expected: &[&str]) {
        let bullets = bullets(raw, is_item).unwrap_or_default();
        assert_eq!(bullets.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), expected, "{raw}");
    }

    #[test]
    fn items_with_unknown_marks_are_split() {
        check("-\u{a0}One.\n-\u{a0}Two.", false, &["One.", "Two."]);
        check("• One\nand more.\n• Two.", false, &["One and more.", "Two."]);
        check("-One.\n-Two.", false, &["One.", "Two."]);
        check("-5 degrees.\n-6 degrees.", false, &["5 degrees.", "6 degrees."]);
        check("In short:\n• One.\n• Two.", false, &["In short:", "One.", "Two."]);
        check("(1) One.\n(2) Two *more*.", false, &["One.", "Two more."]);
        check("– One.\n– Two.", false, &["One.", "Two."]);
        check("*One.\n*Two.", false, &["One.", "Two."]);
        check("1.One.", false, &["One."]);
        check("- One.\n-Two.\n-Three.", true, &["One.", "Two.", "Three."]);
        check("- One.\n• Two.", true, &["One.", "Two."]);
        check("1. One.\n2.Two.\n3.Three.", true, &["One.", "Two.", "Three."]);
    }

    #[test]
    fn sentences_that_begin_like_items_are_not_split() {
        for (raw, is_item) in [
            ("One.", false),
            ("- One.\n  and more.", true),
            ("One\nand more.", false),
            ("- One\n— after weeks — and more.", true),
            ("*One* and more.", false),
            ("-5 degrees at noon.", false),
            ("- About\n2.5 million.", true),
            ("- At\n-5 degrees.", true),
            ("2026 began.", false),
            ("", false),
        ] {
            assert_eq!(bullets(raw, is_item), None, "{raw}");
        }
    }
}
