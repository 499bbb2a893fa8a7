//! What the items of a source list are.

use super::mark::loose;
use super::{date, html};
use crate::digest::text;

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
