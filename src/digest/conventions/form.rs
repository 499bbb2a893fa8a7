//! Types of values in the settings, and errors for others.

use super::ConventionsError;
use crate::digest::field_values::is_null;
use crate::yaml::{Key, Node, Value};

/// Returns the pairs of a mapping; none for an empty value.
pub fn entries<'a>(node: &'a Node, path: &str) -> Result<&'a [(Key, Node)], ConventionsError> {
    match &node.value {
        Value::Map(entries) => Ok(entries),
        Value::Text(text) if is_null(text) => Ok(&[]),
        _ => Err(form(node, path, "a mapping")),
    }
}

/// Returns the values of a list; none for an empty value.
pub fn list<'a>(node: &'a Node, path: &str) -> Result<&'a [Node], ConventionsError> {
    match &node.value {
        Value::List(values) => Ok(values),
        Value::Text(text) if is_null(text) => Ok(&[]),
        _ => Err(form(node, path, "a list")),
    }
}

/// Returns a scalar as written.
pub fn text<'a>(node: &'a Node, path: &str) -> Result<&'a str, ConventionsError> {
    match &node.value {
        Value::Text(text) => Ok(text),
        _ => Err(form(node, path, "one value")),
    }
}

/// Returns the error for a value of the wrong type.
pub fn form(node: &Node, path: &str, expected: &'static str) -> ConventionsError {
    ConventionsError::Form { path: path.to_owned(), expected, found: node.value.type_name(), line: node.place.line }
}

/// Returns the error for an unknown key.
pub fn unknown(key: &Key, path: &str, known: &'static str) -> ConventionsError {
    ConventionsError::Unknown { path: path.to_owned(), key: key.name.clone(), line: key.place.line, known }
}

/// Returns the error for a repeated key.
pub fn repeated(key: &Key, path: &str) -> ConventionsError {
    ConventionsError::Repeated { path: path.to_owned(), key: key.name.clone(), line: key.place.line }
}
