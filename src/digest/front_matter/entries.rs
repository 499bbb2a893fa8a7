//! All keys of a block, for layouts whose keys are not known.

use super::block::Block;
use super::node::{Node, Value};
use super::pair::{Pair, pairs, pairs_of_mapping};
use crate::digest::field_values::is_null;

/// A key with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Key as written.
    pub key: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// Value, or the scalars of a list.
    pub values: Vec<String>,
}

/// Returns the keys of a block.
pub fn entries_of(block: &Block<'_>) -> Vec<Entry> {
    entries(block.yaml, block.line + 1)
}

/// Returns the keys of a block of YAML; `first` is its first line in the file. Values that are not valid YAML are plain
/// text.
pub fn entries(yaml: &str, first: usize) -> Vec<Entry> {
    let mut all = pairs(yaml, first);
    if all.is_empty() {
        all = pairs_of_mapping(yaml, first).unwrap_or_default();
    }
    let entry = |pair: Pair<'_>| Entry { values: values(&pair), line: pair.line, key: pair.written };
    all.into_iter().map(entry).collect()
}

fn values(pair: &Pair<'_>) -> Vec<String> {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let texts = match pair.node() {
        Ok(Node { value: Value::Text(text), .. }) => vec![folded(&text)],
        Ok(Node { value: Value::List(list), .. }) => list.iter().filter_map(Node::text).map(folded).collect(),
        Ok(Node { value: Value::Map(_), .. }) => Vec::new(),
        Err(_) => vec![folded(&pair.plain())],
    };
    texts.into_iter().filter(|text| !is_null(text)).collect()
}
