//! Keys that are meant and not written as YAML has them.

use super::block::Block;
use super::node;

/// Returns the line of what was meant for a key and is none: without a space behind its colon, or indented, which it
/// may be where the whole is valid and it belongs to another key.
pub fn misspelt(key: &str, block: &Block<'_>) -> Option<usize> {
    let is_valid = matches!(node::read(block.yaml), Ok(node::Node { value: node::Value::Map(_), .. }));
    let is_meant = |line: &str| !(is_valid && line.starts_with([' ', '\t'])) && names_at_start(key, line);
    block.yaml.lines().position(is_meant).map(|at| at + block.line + 1)
}

/// Returns which line of a text names a key, from 0, in whatever form: YAML, JSON, TOML, indented, in a list, in braces.
pub fn names(key: &str, text: &str) -> Option<usize> {
    text.lines().position(|line| line.split(['{', ',']).any(|part| names_at_start(key, part)))
}

/// Returns whether a line begins with a key, case and quotation marks aside.
fn names_at_start(key: &str, line: &str) -> bool {
    let is_before = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"' | '\'' | '{' | '-' | '?');
    let line = line.trim_start_matches(is_before);
    let (Some(typed), Some(rest)) = (line.get(..key.len()), line.get(key.len()..)) else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    typed.eq_ignore_ascii_case(key) && rest.starts_with([':', '=', '：'])
}
