//! Key–value pairs of a block.

use super::key;
use super::node::{self, Broken, MAX_YAML_BYTES, Node, Value};
use crate::digest::{Subject, Warning};

/// Maximum length of a value that is not valid YAML.
const MAX_PLAIN_CHARS: usize = 500;

/// A top-level key with all lines of its value.
pub(super) struct Pair<'a> {
    /// Key as written, without quotation marks.
    pub written: String,
    /// Text of the pair, including the key.
    pub yaml: &'a str,
    /// Line in the file, from 1.
    pub line: usize,
    /// Offset of the value in `yaml`.
    value: usize,
    /// Value, where the block was parsed as a whole.
    whole: Option<Node>,
}

/// Splits a block into pairs. `first` is its first line in the file.
pub(super) fn pairs(yaml: &str, first: usize) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let (mut at, mut last_line) = (0, "");
    for (number, line) in (first..).zip(yaml.split_inclusive('\n')) {
        let end = at + line.len();
        // A quoted string within brackets is not a key of the block.
        let may_be_within = line.starts_with(['"', '\'']) && last_line.ends_with(['[', '{', ',']);
        match (key::at_start(line).filter(|_| !may_be_within), pairs.last_mut()) {
            (Some((key, value)), _) => {
                pairs.push(Pair { written: key.to_owned(), yaml: &yaml[at..end], line: number, value, whole: None });
            }
            (None, Some(last)) => last.yaml = &yaml[at - last.yaml.len()..end],
            (None, None) => {}
        }
        if !line.trim().is_empty() {
            last_line = line.trim_end();
        }
        at = end;
    }
    pairs
}

/// Parses a block as one mapping, which may be indented or in braces.
pub(super) fn pairs_of_mapping(yaml: &str, first: usize) -> Result<Vec<Pair<'static>>, Broken> {
    let Node { value: Value::Map(map), .. } = node::read(yaml).map_err(|broken| broken.below(first))? else {
        return Ok(Vec::new());
    };
    let pair = |(key, value): (Node, Node)| {
        let (written, line) = (key.text()?.to_owned(), key.line + first - 1);
        Some(Pair { written, yaml: "", line, value: 0, whole: Some(value.below(first)) })
    };
    Ok(map.into_iter().filter_map(pair).collect())
}

impl Pair<'_> {
    /// Returns the value, with lines of the file.
    pub fn node(&self) -> Result<Node, Broken> {
        if let Some(value) = &self.whole {
            return Ok(value.clone());
        }
        if let Some(text) = simple(&self.yaml[self.value..]) {
            return Ok(Node { line: self.line, value: Value::Text(text.to_owned()) });
        }
        let empty = Node { line: 1, value: Value::Text(String::new()) };
        let first = match node::read(self.yaml.trim_start_matches('\u{feff}')) {
            Ok(Node { value: Value::Map(map), .. }) => map.into_iter().next().map_or(empty, |(_, value)| value),
            Ok(_) => empty,
            Err(broken) => return Err(broken.below(self.line)),
        };
        Ok(first.below(self.line))
    }

    /// Returns the value as text on one line; `None` if empty.
    pub fn scalar(&self, warnings: &mut Vec<(Subject, Warning)>) -> Option<String> {
        let key = &self.written;
        let text = match self.node() {
            Ok(Node { value: Value::Text(text), .. }) => text,
            Ok(_) => {
                warnings
                    .push(Subject::FrontMatter.at(self.line, format!("expected one value for `{key}`, found a list")));
                return None;
            }
            Err(_) => {
                let message = format!("`{key}` is not valid YAML; read as plain text");
                warnings.push(Subject::FrontMatter.at(self.line, message));
                self.plain()
            }
        };
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    }

    /// Returns the first line of the value as plain text, without quotation marks.
    pub fn plain(&self) -> String {
        if let Some(whole) = &self.whole {
            return whole.text().unwrap_or("a list").to_owned();
        }
        plain(self.yaml[self.value..].lines().next().unwrap_or_default())
    }
}

/// Returns a value that needs no YAML parser: words and numbers on one line, or a quoted string without escapes. Fast
/// path of [`Pair::node`].
fn simple(value: &str) -> Option<&str> {
    let value = value.trim();
    if value.len() > MAX_YAML_BYTES {
        return None;
    }
    if let Some(inner) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        return (!inner.contains(['"', '\\', '\n'])).then_some(inner);
    }
    let bytes = value.as_bytes();
    let is_safe = |(at, byte): (usize, &u8)| match byte {
        b':' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        byte => byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b'-' | b'_' | b'/'),
    };
    (bytes.first().is_some_and(u8::is_ascii_alphanumeric) && bytes.iter().enumerate().all(is_safe)).then_some(value)
}

/// Removes the quotation marks around a value, without parsing its content.
pub(super) fn plain(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q));
    inner.unwrap_or(value).chars().take(MAX_PLAIN_CHARS).collect()
}
