//! Where a source begins that is not the first on its line or in its item.

use super::date::{self, split_date};
use super::list_mark::unmarked;
use super::locale::split_locale;
use super::mark::loose;
use crate::digest::text;

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

/// Whether a text holds a link with an address.
pub fn is_linked(text: &str) -> bool {
    text.match_indices("](").any(|(at, _)| text[at + 2..].trim_start_matches('<').starts_with("http"))
}
