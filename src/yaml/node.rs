//! Nodes of a YAML tree.

use super::Place;

/// A value and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Start of the value.
    pub place: Place,
    /// Value of the node.
    pub value: Value,
}

/// Value of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A scalar as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in file order.
    Map(Vec<(Key, Node)>),
}

/// A key and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Start of the key.
    pub place: Place,
    /// Text of the key.
    pub name: String,
}

impl Value {
    /// Returns the type for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "one value",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}
