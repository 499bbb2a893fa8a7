//! A YAML tree.

use super::Place;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it begins.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One value, as it is written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Where it begins.
    pub place: Place,
    /// The key.
    pub name: String,
}

impl Value {
    /// Returns what kind of value it is, for messages.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "one value",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
