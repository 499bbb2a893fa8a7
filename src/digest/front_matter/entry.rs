//! The keys of a block, each with its value.

use serde_yaml::Value;

use super::{KEYS, Subject, Warning};

/// Real values have a few hundred bytes; the YAML parser takes a time that grows with the square of deep nesting.
pub(super) const MAX_YAML_BYTES: usize = 1 << 14;
pub(super) const MAX_YAML_BRACKETS: usize = 500;

/// So much is kept of a value that is no YAML.
const MAX_PLAIN_CHARS: usize = 500;

/// One top-level key with all lines of its value.
pub(super) struct Entry<'a> {
    pub key: &'a str,
    /// The whole entry, key included.
    pub yaml: &'a str,
    /// Its line in the file, from 1.
    pub line: usize,
    /// The value, where it was read with the block as a whole.
    pub whole: Option<Value>,
}

/// Refuses YAML that would take long.
fn bounded(yaml: &str) -> Result<(), serde_yaml::Error> {
    let brackets = yaml.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    let is_bounded = yaml.len() <= MAX_YAML_BYTES && brackets <= MAX_YAML_BRACKETS;
    if is_bounded { Ok(()) } else { Err(serde::de::Error::custom("too long or too deep")) }
}

/// The entries of a block that is one valid mapping, however it is written: with quoted keys, in braces, indented.
pub(super) fn entries_of_mapping(yaml: &str) -> Vec<Entry<'static>> {
    let mapping = bounded(yaml).and_then(|()| serde_yaml::from_str::<serde_yaml::Mapping>(yaml)).unwrap_or_default();
    let known = |name: String| KEYS.iter().find(|key| **key == name);
    let entry = |(key, value): (Value, Value)| match key {
        Value::String(name) => known(name).map(|key| Entry { key, yaml: "", line: 2, whole: Some(value) }),
        _ => None,
    };
    mapping.into_iter().filter_map(entry).collect()
}

pub(super) fn entries(yaml: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut at = 0;
    // The block's first line is the file's second.
    for (number, line) in (2..).zip(yaml.split_inclusive('\n')) {
        let end = at + line.len();
        match (key_of(line), entries.last_mut()) {
            (Some(key), _) => entries.push(Entry { key, yaml: &yaml[at..end], line: number, whole: None }),
            (None, Some(last)) => last.yaml = &yaml[at - last.yaml.len()..end],
            (None, None) => {}
        }
        at = end;
    }
    entries
}

/// The key that a line at the margin begins with.
fn key_of(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (word && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some(key)
}

/// The line of what was meant for a key and is none: in capitals, without a space behind its colon, or set in, which it
/// may be where the whole is valid and it belongs to another key.
pub(super) fn misspelt(key: &str, yaml: &str) -> Option<usize> {
    let is_valid = bounded(yaml).and_then(|()| serde_yaml::from_str::<serde_yaml::Mapping>(yaml)).is_ok();
    let is_meant = |line: &str| {
        let typed = line.split_once(':').map(|(typed, _)| typed);
        let typed = typed.filter(|typed| !is_valid || !typed.starts_with([' ', '\t']));
        typed.is_some_and(|typed| typed.trim().eq_ignore_ascii_case(key))
    };
    yaml.lines().position(is_meant).map(|at| at + 2)
}

impl Entry<'_> {
    pub(super) fn value(&self) -> Result<Value, serde_yaml::Error> {
        if let Some(value) = &self.whole {
            return Ok(value.clone());
        }
        bounded(self.yaml)?;
        let mapping: serde_yaml::Mapping = serde_yaml::from_str(self.yaml)?;
        Ok(mapping.into_iter().next().map_or(Value::Null, |(_, value)| value))
    }

    /// The value as text; none where it is empty.
    pub(super) fn scalar(&self, warnings: &mut Vec<(Subject, Warning)>) -> Option<String> {
        let text = match self.value() {
            Ok(Value::String(text)) => text,
            Ok(Value::Number(number)) => number.to_string(),
            Ok(Value::Bool(value)) => value.to_string(),
            Ok(Value::Null) => return None,
            Ok(_) => {
                warnings.push(
                    Subject::FrontMatter.at(self.line, format!("`{}` is a list; one value is expected", self.key)),
                );
                return None;
            }
            Err(_) => {
                warnings.push(
                    Subject::FrontMatter.at(self.line, format!("`{}` is not valid YAML; read as plain text", self.key)),
                );
                plain(self.yaml[self.key.len() + 1..].lines().next().unwrap_or_default())
            }
        };
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    }
}

/// A value without the quotation marks around it, whatever stands between them.
pub(super) fn plain(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q));
    inner.unwrap_or(value).chars().take(MAX_PLAIN_CHARS).collect()
}
