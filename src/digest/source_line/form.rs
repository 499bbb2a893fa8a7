//! Parser of the writer's own format of source lines.

use std::ops::Range;

use super::begins::{begins_source, is_linked};
use super::date::{read_date, split_date};
use super::lines::{Lines, is_blank};
use super::list_mark::{number, unmarked};
use super::locale::split_locale;
use super::source::SourceLine;

/// Maximum number of lines of a source. A longer one is broken.
const MAX_LINES: usize = 20;

/// Returns all complete source lines of a text with their byte ranges, without line breaks.
pub fn scan(text: &str) -> Vec<(Range<usize>, SourceLine)> {
    let mut found = Vec::new();
    let mut lines = Lines { text, at: 0 };
    while let Some(line) = lines.next() {
        if !unmarked(&text[line.clone()]).is_some_and(|l| l.starts_with('[')) {
            continue;
        }
        if let Some((end, source)) = complete(text, line.clone(), lines.clone()) {
            lines.at = end;
            found.push((line.start..end, source));
        }
    }
    found
}

/// Parses the source line that begins with a given line. A numbered one may span several lines; any other item that
/// begins with a bracket, such as `- [Analysis] Talks go on`, is most likely a sentence.
fn complete(text: &str, first: Range<usize>, rest: Lines<'_>) -> Option<(usize, SourceLine)> {
    let own = number(&text[first.clone()]);
    let lines = if own.is_some() { MAX_LINES } else { 1 };
    for line in std::iter::once(first.clone()).chain(rest).take(lines) {
        let line_text = &text[line.clone()];
        // The start of the next item or section before the end of this one means that this one is broken.
        let begins = || begins_item(line_text, own) || begins_source(line_text, &text[first.start..line.start]);
        if line != first && (is_section(line_text) || begins()) {
            return None;
        }
        // The first date at the end of a line ends the item.
        if split_date(line_text).is_none() {
            continue;
        }
        let body = unmarked(&text[first.start..line.end])?;
        return read(body).map(|source| (line.end, source));
    }
    None
}

/// Reports whether a line begins the item after the given number, or is a complete numbered item.
fn begins_item(line: &str, last: Option<u32>) -> bool {
    let (Some(mark), Some(body)) = (number(line), unmarked(line)) else { return false };
    Some(mark) == last.map(|n| n + 1) || read(body).is_some()
}

/// Parses a source line without its list mark.
fn read(text: &str) -> Option<SourceLine> {
    let (head, date) = split_date(text)?;
    let (locale, link) = split_locale(head, true);
    let (title, url, source) = split_link(link)?;
    // The title would contain another source.
    if is_linked(&title) {
        return None;
    }
    Some(SourceLine { locale, title, url, source, published: read_date(date) }.normalized())
}

/// Reports whether a line is the heading of a section, which cannot be part of a title.
fn is_section(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    line.starts_with("##") && text.starts_with(' ') && !text.contains("](")
}

/// Splits `[title](url) - source` at the last `](`. The title may contain brackets, the URL parentheses but no spaces.
fn split_link(text: &str) -> Option<(String, Option<String>, Option<String>)> {
    let text = text.strip_prefix('[')?;
    let filled = |s: &str| Some(s.trim_matches(is_blank).to_owned()).filter(|s| !s.is_empty());
    // The first space after the current position, which ends a URL there. Each byte is searched once.
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
