//! Classification of items in the source list.

use super::mark::loose;
use super::{date, html};
use crate::digest::text;

/// Kind of an item in the source list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// A source, in any format.
    Source,
    /// A sentence.
    Prose,
    /// Head or rule of a table, or tags around a list.
    Markup,
}

/// Classifies an item, given its block and whether Markdown parsed that as a list item.
pub fn classify(item: &str, block: &str, is_item: bool) -> ItemKind {
    let text = html::without_tags(item.trim_matches(text::is_blank));
    let is_rule = |line: &str| line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    let is_row = text.starts_with('|');
    let is_dated = || date::split_any(text.trim_end_matches(|c| c == '|' || text::is_blank(c))).is_some();
    if text.is_empty() || is_row && is_rule(&text) {
        ItemKind::Markup
    } else if is_item
        || loose(&text).is_some()
        || ["](", "][", "://"].iter().any(|sign| text.contains(sign))
        || is_dated()
    {
        ItemKind::Source
    } else if is_row {
        if block.lines().any(|line| is_rule(line.trim())) { ItemKind::Markup } else { ItemKind::Source }
    } else if text.starts_with('[') {
        ItemKind::Source
    } else {
        ItemKind::Prose
    }
}
