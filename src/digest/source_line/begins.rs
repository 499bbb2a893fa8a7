//! Detection of further sources on a line or in an item.

use super::date::{self, split_date};
use super::list_mark::unmarked;
use super::locale::split_locale;
use super::mark::loose;
use crate::digest::text;

/// Reports whether a line begins a new source, with or without a list mark, given the previous lines of the current
/// one. A title may span several lines, one of which begins with a bracket; but then the previous lines have no link.
pub fn begins_source(line: &str, so_far: &str) -> bool {
    let line = line.trim_matches(text::is_blank);
    let body = unmarked(line).or_else(|| loose(line).map(|found| &line[found.len..])).unwrap_or(line);
    let is_marked = body.len() < line.len();
    let is_link = body.trim_start_matches(['*', '_']).starts_with('[') || body.starts_with('<') || body.contains("://");
    // An unfinished title may have a date at the end of a line.
    let is_open =
        || split_locale(unmarked(so_far).unwrap_or(so_far), true).1.starts_with('[') && !so_far.contains("][");
    let is_done = || is_linked(so_far) || !is_open() && date::split_any(so_far).is_some();
    let begins_alike = || so_far.trim_start().chars().next() == line.chars().next();
    let is_item = || unmarked(so_far).is_some() || loose(so_far).is_some();
    // A title may continue with ` | Section`.
    (line.starts_with(['|', '•']) || line.starts_with("<li")) && (begins_alike() || !is_item() || is_done())
        || split_locale(body, true).0.is_some()
        || is_marked && is_link && is_done()
        || !body.is_empty() && (is_link || date::split_any(line).is_some()) && is_done()
}

/// Returns the offsets of further sources on a line: after a date, beginning with a locale or a link.
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

/// Reports whether a text contains a link with an address.
pub fn is_linked(text: &str) -> bool {
    text.match_indices("](").any(|(at, _)| text[at + 2..].trim_start_matches('<').starts_with("http"))
}
