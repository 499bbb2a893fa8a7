//! Source lines: `N. [es-VE] [title](url) - outlet (M/D/YYYY)`.
//!
//! The writer puts titles into this form as they are, with brackets, emphasis marks and line breaks, so Markdown would
//! misread them. The form itself is clear when it is read from both ends: the number, the locale and the first
//! bracket in front; the date, the outlet and the link behind; what stands between is the title.

mod salvage;

use std::ops::Range;

use chrono::NaiveDate;

use super::front_matter::is_plausible;
pub use salvage::salvage;

/// A title may run over so many lines; a line that waits longer for its end is taken to be broken.
const MAX_LINES: usize = 20;

/// One source line, or what could be made out of a broken one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceLine {
    pub locale: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Published,
}

/// The date at the end of a source line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Published {
    /// There is none.
    #[default]
    Missing,
    /// There is no such day.
    Impossible(String),
    /// A day of the calendar.
    On(NaiveDate),
}

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
        if line != first && (begins_item(line_text, own) || is_section(line_text)) {
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
    let (locale, link) = split_locale(head);
    let (title, url, outlet) = split_link(link)?;
    Some(SourceLine { locale, title, url, outlet, published: read_date(date) })
}

/// The text behind a list mark (`3.`, `3)`, `-`, `*`, `+`).
fn unmarked(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+'])?,
        1..=9 => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let body = rest.trim_start_matches([' ', '\t']);
    (body.len() < rest.len()).then_some(body)
}

/// A heading of a section, which no title runs into.
fn is_section(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    line.starts_with("##") && text.starts_with(' ') && !text.contains("](")
}

/// The number in a list mark.
fn number(line: &str) -> Option<u32> {
    let line = line.trim_start_matches([' ', '\t']);
    line[..line.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// Splits `[es-VE] [title…` into locale and the rest; a bracket that is no locale belongs to the title.
fn split_locale(text: &str) -> (Option<String>, &str) {
    let split = || {
        let (tag, rest) = text.strip_prefix('[')?.split_once(']')?;
        let mut parts = tag.split(['-', '_']);
        let language = parts.next()?;
        let letters = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_region = |part: &str| letters(part, 2) || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        let is_language = letters(language, 2) || letters(language, 3);
        // A language alone is a tag only in small letters: `[US] [Opinion] …` is a title.
        let has_more = tag.len() > language.len();
        let is_tag = is_language
            && parts.all(|part| is_region(part) || letters(part, 4))
            && (has_more || language.bytes().all(|b| b.is_ascii_lowercase()));
        let rest = rest.trim_start_matches([' ', '\t']);
        (is_tag && rest.starts_with('[')).then_some((tag.to_owned(), rest))
    };
    split().map_or((None, text), |(tag, rest)| (Some(tag), rest))
}

/// Splits off `(M/D/YYYY)` at the end.
fn split_date(text: &str) -> Option<(&str, &str)> {
    let (head, date) = text.trim_end_matches(is_blank).strip_suffix(')')?.rsplit_once('(')?;
    let parts = date.split('/').collect::<Vec<_>>();
    let is_date =
        matches!(parts[..], [m, d, y] if (1..=2).contains(&m.len()) && (1..=2).contains(&d.len()) && y.len() == 4);
    (is_date && date.bytes().all(|b| b.is_ascii_digit() || b == b'/')).then_some((head, date))
}

fn read_date(date: &str) -> Published {
    let day = NaiveDate::parse_from_str(date, "%m/%d/%Y").ok().filter(is_plausible);
    day.map_or_else(|| Published::Impossible(date.to_owned()), Published::On)
}

/// Splits `[title](url) - outlet` at its last `](`; the title may hold brackets, the URL parentheses but no space.
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
        if let (Some(url), Some(outlet)) = (url, text[space..].strip_prefix(" -")) {
            let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
            return Some((text[..at].trim_matches(is_blank).to_owned(), filled(url), filled(outlet)));
        }
        end = at;
    }
    None
}

/// White space that nobody means: not U+2029 and its like, which the publisher wrote.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The lines of a text as byte ranges without their ends. Only `\n` ends a line: titles hold U+2029.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let end = memchr::memchr(b'\n', &self.text.as_bytes()[start..]).map_or(self.text.len(), |i| start + i);
        self.at = end + 1;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests;
