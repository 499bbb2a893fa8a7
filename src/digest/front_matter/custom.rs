//! Values of the custom fields of a corpus in front matter.

use super::block::Block;
use super::node::{Broken, Node, Value};
use super::pair::Pair;
use super::read::all_pairs;
use crate::digest::custom_values::CustomValues;
use crate::digest::{Conventions, Subject, Warning};
use crate::model::CustomValue;

/// Returns the values of custom fields in a block, in the order of the fields. An unusable value is skipped with a warning.
pub fn fields(
    block: &Block<'_>,
    conventions: &Conventions,
    warnings: &mut Vec<(Subject, Warning)>,
) -> Vec<CustomValue> {
    let mut values = CustomValues::new(conventions);
    if conventions.has_keys() {
        for pair in all_pairs(block).unwrap_or_default() {
            values.add(&pair.written, pair.line, warnings, |warnings| texts(&pair, pair.node(), warnings));
        }
    }
    values.finish()
}

/// Returns the texts of a value: one, or those of a list.
fn texts(pair: &Pair<'_>, node: Result<Node, Broken>, warnings: &mut Vec<(Subject, Warning)>) -> Vec<String> {
    let key = &pair.written;
    let nodes = match node {
        Ok(Node { value: Value::List(nodes), .. }) => nodes,
        Ok(node) => vec![node],
        Err(_) => {
            let message = format!("`{key}` is not valid YAML; read as plain text");
            warnings.push(Subject::FrontMatter.at(pair.line, message));
            return vec![pair.plain()];
        }
    };
    let text = |Node { line, value }: Node| match value {
        Value::Text(text) => Some(text),
        Value::List(_) | Value::Map(_) => {
            let found = if matches!(value, Value::Map(_)) { "a mapping" } else { "a list in a list" };
            let message = format!("expected one value or a list of them for `{key}`, found {found}; ignored");
            warnings.push(Subject::FrontMatter.at(line, message));
            None
        }
    };
    nodes.into_iter().filter_map(text).collect()
}
