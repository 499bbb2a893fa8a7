//! Values of the custom fields of a corpus in front matter.

use super::block::Block;
use super::node::{Broken, Node, Value};
use super::pair::Pair;
use super::read::all_pairs;
use crate::digest::field_values::{MAX_VALUES, field_values};
use crate::digest::{Conventions, Subject, Warning};
use crate::model::CustomValue;

/// Returns the values of custom fields in a block, in the order of the fields. An unusable value is skipped with a warning.
pub fn fields(
    block: &Block<'_>,
    conventions: &Conventions,
    warnings: &mut Vec<(Subject, Warning)>,
) -> Vec<CustomValue> {
    let mut values: Vec<CustomValue> = Vec::new();
    if !conventions.has_keys() {
        return values;
    }
    let mut seen: Vec<String> = Vec::new();
    for pair in all_pairs(block).unwrap_or_default() {
        let mut fields = conventions.fields_of_key(&pair.written).peekable();
        let key = pair.written.to_lowercase();
        if fields.peek().is_none() {
            continue;
        }
        if seen.contains(&key) {
            let message = format!("repeated key `{}`; the first one is used", pair.written);
            warnings.push(Subject::FrontMatter.at(pair.line, message));
            continue;
        }
        seen.push(key);
        let texts = texts(&pair, pair.node(), warnings);
        for field in fields {
            let mut of_field = field_values(field, texts.iter().map(String::as_str));
            if of_field.len() > MAX_VALUES {
                let written = &pair.written;
                let message =
                    format!("`{written}` has {} values; only the first {MAX_VALUES} are used", of_field.len());
                warnings.push(Subject::FrontMatter.at(pair.line, message));
                of_field.truncate(MAX_VALUES);
            }
            values.extend(of_field);
        }
    }
    values.sort_by_key(|value| value.field);
    values
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
