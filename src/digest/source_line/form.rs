//! The writer's own form of source lines.

use std::ops::Range;

use super::begins::{begins_source, is_linked};
use super::date::{read_date, split_date};
use super::lines::{Lines, is_blank};
use super::list_mark::{number, unmarked};
use super::locale::split_locale;
use super::source::SourceLine;

/// A title may run over so many lines; a line that waits longer for its end is taken to be broken.
const MAX_LINES: usize = 20;

/// All whole source lines of a text and the bytes that each takes up, without its line end.
pub fn scan(text: &str) -> Vec<(Range<usize>, SourceLine)> {
    let mut found = Vec::new();
    let mut lines = Lines { text, at: 0 };
    while let Some(line) = lines.next() {
        if !unmarked(&text[line.clone()]).is_some_and(|l| l.starts_with('[')) {
            continue;
        }
        if let Some((end, source)) = whole(text, line.clone(), lines.clone()) {
            lines.at = end;
            found.push((line.start..end, source));
        }
    }
    found
}

/// Tries to read the source line that begins with the line given. One with a number may run over several lines; any
/// other list item that begins with a bracket, such as `- [Analysis] Talks go on`, is most likely a sentence.
fn whole(text: &str, first: Range<usize>, rest: Lines<'_>) -> Option<(usize, SourceLine)> {
    let own = number(&text[first.clone()]);
    let lines = if own.is_some() { MAX_LINES } else { 1 };
    for line in std::iter::once(first.clone()).chain(rest).take(lines) {
        let line_text = &text[line.clone()];
        // Where the next item or section begins before this one ends, this one is broken.
        let begins = || begins_item(line_text, own) || begins_source(line_text, &text[first.start..line.start]);
        if line != first && (is_section(line_text) || begins()) {
            return None;
        }
        // The first date at a line's end closes the item.
        if split_date(line_text).is_none() {
            continue;
        }
        let body = unmarked(&text[first.start..line.end])?;
        return read(body).map(|source| (line.end, source));
    }
    None
}

/// Whether a line begins the item behind that with the given number, or is a numbered item by itself.
fn begins_item(line: &str, last: Option<u32>) -> bool {
    let (Some(mark), Some(body)) = (number(line), unmarked(line)) else { return false };
    Some(mark) == last.map(|n| n + 1) || read(body).is_some()
}

/// Reads a source line without its list mark.
fn read(text: &str) -> Option<SourceLine> {
    let (head, date) = split_date(text)?;
    let (locale, link) = split_locale(head, true);
    let (title, url, source) = split_link(link)?;
    // Another source stands in what would be the title.
    if is_linked(&title) {
        return None;
    }
    Some(SourceLine { locale, title, url, source, published: read_date(date) }.finished())
}

/// A heading of a section, which no title runs into.
fn is_section(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    line.starts_with("##") && text.starts_with(' ') && !text.contains("](")
}

/// Splits `[title](url) - source` at its last `](`; the title may hold brackets, the URL parentheses but no space.
fn split_link(text: &str) -> Option<(String, Option<String>, Option<String>)> {
    let text = text.strip_prefix('[')?;
    let filled = |s: &str| Some(s.trim_matches(is_blank).to_owned()).filter(|s| !s.is_empty());
    // The first space behind the place looked at, which ends a URL that begins there. Each byte is looked at once.
    let (mut end, mut space) = (text.len(), text.len());
    while let Some(at) = text[..end].rfind("](") {
        let start = at + 2;
        if let Some(nearer) = text[start..end.max(start)].find(char::is_whitespace) {
            space = start + nearer;
        }
        let url = text[start..space].strip_suffix(')');
        if let (Some(url), Some(source)) = (url, text[space..].strip_prefix(" -")) {
            let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
            return Some((text[..at].trim_matches(is_blank).to_owned(), filled(url), filled(source)));
        }
        end = at;
    }
    None
}
