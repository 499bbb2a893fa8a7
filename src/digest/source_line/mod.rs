//! Source lines: `N. [es-VE] [title](url) - outlet (M/D/YYYY)`.
//!
//! The writer puts titles into this form as they are, with brackets, emphasis marks and line breaks, so Markdown would
//! misread them. The form itself is clear when it is read from both ends: the number, the locale and the first
//! bracket in front; the date, the outlet and the link behind; what stands between is the title.
//!
//! What is not of this form is salvaged (`salvage`): links in all forms of Markdown (`link`), by reference (`definitions`)
//! or as HTML (`html`), behind marks that are none for Markdown (`mark`), with dates of any form (`date`).

mod date;
mod definitions;
mod html;
mod link;
mod mark;
mod salvage;

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use super::text;
use date::{read_date, split_date};
pub use definitions::{Definitions, is_address};
pub use mark::{Found, Mark, loose};
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

/// Returns whether a line begins another source than that of the lines so far, whatever mark it has or lacks. A title may
/// run over several lines, one of which begins with a bracket; but then no link stands in those before it.
pub fn begins_source(line: &str, so_far: &str) -> bool {
    let line = line.trim_matches(text::is_blank);
    let body = unmarked(line).or_else(|| loose(line).map(|found| &line[found.len..])).unwrap_or(line);
    let is_marked = body.len() < line.len();
    let is_link = body.trim_start_matches(['*', '_']).starts_with('[') || body.starts_with('<') || body.contains("://");
    // A title that is still open may have a date at the end of a line.
    let is_open =
        || split_locale(unmarked(so_far).unwrap_or(so_far), true).1.starts_with('[') && !so_far.contains("][");
    let is_done = || is_linked(so_far) || !is_open() && date::split_any(so_far).is_some();
    let begins_alike = || so_far.trim_start().chars().next() == line.chars().next();
    let is_item = || unmarked(so_far).is_some() || loose(so_far).is_some();
    // A title may go on with ` | Section`.
    (line.starts_with(['|', '•']) || line.starts_with("<li")) && (begins_alike() || !is_item() || is_done())
        || split_locale(body, true).0.is_some()
        || is_marked && is_link && is_done()
        || !body.is_empty() && (is_link || date::split_any(line).is_some()) && is_done()
}

/// What an item of the source list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A source, in whatever form.
    Source,
    /// A sentence.
    Prose,
    /// A table's head or rule, or tags around a list.
    Nothing,
}

/// Says what an item is, given the block that it is part of and whether Markdown takes that for a list item.
pub fn sort(item: &str, block: &str, is_item: bool) -> Sort {
    let text = html::without_tags(item.trim_matches(text::is_blank));
    let is_rule = |line: &str| line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    let is_row = text.starts_with('|');
    let is_dated = || date::split_any(text.trim_end_matches(|c| c == '|' || text::is_blank(c))).is_some();
    if text.is_empty() || is_row && is_rule(&text) {
        Sort::Nothing
    } else if is_item
        || loose(&text).is_some()
        || ["](", "][", "://"].iter().any(|sign| text.contains(sign))
        || is_dated()
    {
        Sort::Source
    } else if is_row {
        if block.lines().any(|line| is_rule(line.trim())) { Sort::Nothing } else { Sort::Source }
    } else if text.starts_with('[') {
        Sort::Source
    } else {
        Sort::Prose
    }
}

/// Whether a text holds a link with an address.
fn is_linked(text: &str) -> bool {
    text.match_indices("](").any(|(at, _)| text[at + 2..].trim_start_matches('<').starts_with("http"))
}

/// Returns where else sources begin on a line: behind a date, with a locale or a link.
pub fn further_sources(line: &str) -> Vec<usize> {
    // `(12/31/2025)`
    const MAX_DATE: usize = 12;
    let is_date = |end: &usize| line.get(text::boundary(line, end.saturating_sub(MAX_DATE))..*end).and_then(split_date);
    let ends = line.match_indices(')').map(|(at, _)| at + 1).filter(|end| is_date(end).is_some());
    let begins = |end: usize| {
        let rest = line[end..].trim_start_matches(|c| text::is_blank(c) || matches!(c, ',' | ';'));
        let body = unmarked(rest).or_else(|| loose(rest).map(|found| &rest[found.len..])).unwrap_or(rest);
        body.starts_with('[').then_some(line.len() - rest.len())
    };
    ends.filter_map(begins).collect()
}

/// Reads a source line without its list mark.
fn read(text: &str) -> Option<SourceLine> {
    let (head, date) = split_date(text)?;
    let (locale, link) = split_locale(head, true);
    let (title, url, outlet) = split_link(link)?;
    // Another source stands in what would be the title.
    if is_linked(&title) {
        return None;
    }
    Some(SourceLine { locale, title, url, outlet, published: read_date(date) }.finished())
}

impl SourceLine {
    /// The same with all texts as the page shows them. A value that the writer did not have is none.
    fn finished(mut self) -> Self {
        fn shown(text: String) -> String {
            match text::unescaped(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(shown) => shown,
            }
        }
        self.title = shown(self.title);
        self.url = self.url.map(shown).filter(|url| !matches!(url.as_str(), "" | "undefined" | "null"));
        self.outlet = self.outlet.map(shown).and_then(|outlet| {
            let name = without_emphasis(text::trimmed(&outlet));
            (!matches!(name, "" | "undefined" | "null")).then(|| name.to_owned())
        });
        self
    }
}

/// A name without the marks of emphasis or of a link that are around the whole of it.
fn without_emphasis(name: &str) -> &str {
    let link = name.strip_prefix('[').and_then(|name| name.split_once("](")).filter(|(_, url)| url.ends_with(')'));
    let name = link.map_or(name, |(name, _)| name);
    let inner = ["**", "__", "*", "_"].into_iter().find_map(|mark| name.strip_prefix(mark)?.strip_suffix(mark));
    inner.filter(|inner| !inner.contains(['*', '_'])).map_or(name, text::trimmed)
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

/// The number at the start of a line.
pub fn number(line: &str) -> Option<u32> {
    let line = line.trim_start_matches([' ', '\t']);
    line[..line.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// Splits `[es-VE] [title…` into locale and the rest; a bracket that is no locale belongs to the title. Where the title
/// may be without brackets, only a tag with a region is one. The writer puts `unknown` for what it does not know.
fn split_locale(text: &str, before_bracket: bool) -> (Option<String>, &str) {
    let split = || {
        let (tag, rest) = text.strip_prefix('[')?.split_once(']')?;
        let is_unknown = |part: &&str| matches!(*part, "unknown" | "undefined" | "null");
        let mut parts = tag.split(['-', '_']).filter(|part| !is_unknown(part));
        let letters = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_region = |part: &str| letters(part, 2) || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        let rest = rest.trim_start_matches(text::is_blank);
        let is_before = rest.starts_with('[') || !before_bracket && !rest.is_empty() && tag.contains('-');
        if !is_before {
            return None;
        }
        if tag.split('-').next().is_some_and(|part| is_unknown(&part)) {
            return parts.all(is_region).then_some((None, rest));
        }
        let language = parts.next()?;
        let is_language = letters(language, 2) || letters(language, 3);
        // A language alone is a tag only in small letters: `[US] [Opinion] …` is a title.
        let has_more = tag.len() > language.len();
        let is_tag = is_language
            && parts.all(|part| is_region(part) || letters(part, 4))
            && (has_more || language.bytes().all(|b| b.is_ascii_lowercase()));
        let known = || tag.split(['-', '_']).filter(|part| !is_unknown(part)).count() == tag.split(['-', '_']).count();
        is_tag.then(|| (Some(if known() { tag } else { language }.to_owned()), rest))
    };
    split().unwrap_or((None, text))
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
