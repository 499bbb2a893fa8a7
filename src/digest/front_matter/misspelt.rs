//! Detection of malformed keys.

use super::block::Block;
use super::node;

/// Returns the line of a malformed key: indented, or without a space after its colon. In valid YAML, indented keys
/// belong to other keys and do not count.
pub fn misspelt(key: &str, block: &Block<'_>) -> Option<usize> {
    let is_valid = matches!(node::read(block.yaml), Ok(node::Node { value: node::Value::Map(_), .. }));
    let is_malformed = |line: &str| !(is_valid && line.starts_with([' ', '\t'])) && names_at_start(key, line);
    block.yaml.lines().position(is_malformed).map(|at| at + block.line + 1)
}

/// Returns the index of the first line that contains a key in any notation: YAML, JSON, TOML, indented, in a list, in
/// braces.
pub fn names(key: &str, text: &str) -> Option<usize> {
    text.lines().position(|line| line.split(['{', ',']).any(|part| names_at_start(key, part)))
}

/// Reports whether a line begins with a key, ignoring case and quotation marks.
fn names_at_start(key: &str, line: &str) -> bool {
    let is_before = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"' | '\'' | '{' | '-' | '?');
    let line = line.trim_start_matches(is_before);
    let (Some(typed), Some(rest)) = (line.get(..key.len()), line.get(key.len()..)) else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    typed.eq_ignore_ascii_case(key) && rest.starts_with([':', '=', '：'])
}
