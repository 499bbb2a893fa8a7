//! YAML as a tree whose every scalar is the text as written (`1e3`, `yes` and `~` included) and knows its line.

use saphyr_parser::{Event, Parser, ScanError};

/// Real values have a few hundred bytes; a YAML parser takes a time that grows with the square of deep nesting.
pub(super) const MAX_YAML_BYTES: usize = 1 << 14;
pub(super) const MAX_YAML_BRACKETS: usize = 500;

/// A value, and its line from 1 within the text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub line: usize,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// Why a text is not read as YAML, and its line within it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub line: usize,
    pub message: String,
}

impl From<ScanError> for Broken {
    fn from(error: ScanError) -> Self {
        Self { line: error.marker().line().max(1), message: error.info().to_owned() }
    }
}

/// Reads one document.
pub(super) fn read(yaml: &str) -> Result<Node, Broken> {
    let brackets = yaml.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    if yaml.len() > MAX_YAML_BYTES || brackets > MAX_YAML_BRACKETS {
        return Err(Broken { line: 1, message: "it is too long or too deep".to_owned() });
    }
    let mut parser = Parser::new_from_str(yaml);
    let (mut root, mut open): (Option<Node>, Vec<(Node, Option<Node>)>) = (None, Vec::new());
    while let Some(event) = parser.next_event() {
        let (event, span) = event?;
        let line = span.start.line().max(1);
        let done = match event {
            Event::Scalar(text, ..) => Some(Node { line, value: Value::Text(text.into_owned()) }),
            Event::SequenceStart(..) => {
                open.push((Node { line, value: Value::List(Vec::new()) }, None));
                None
            }
            Event::MappingStart(..) => {
                open.push((Node { line, value: Value::Map(Vec::new()) }, None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|(node, _)| node),
            // What an alias stands for may be long, and aliases of aliases longer still.
            Event::Alias(_) => return Err(Broken { line, message: "aliases (`*name`) are not read".to_owned() }),
            Event::DocumentStart(_) if root.is_some() => {
                return Err(Broken { line, message: "a second document begins".to_owned() });
            }
            _ => None,
        };
        let Some(node) = done else { continue };
        match open.last_mut() {
            None => root = Some(node),
            Some((Node { value: Value::List(list), .. }, _)) => list.push(node),
            Some((Node { value: Value::Map(map), .. }, key)) => match key.take() {
                Some(key) => map.push((key, node)),
                None => *key = Some(node),
            },
            Some(_) => {}
        }
    }
    Ok(root.unwrap_or(Node { line: 1, value: Value::Text(String::new()) }))
}

impl Node {
    /// Returns the text of a scalar.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// Returns the same with lines of a file in which the text begins at the given line.
    pub fn below(mut self, first: usize) -> Self {
        self.line += first - 1;
        self.value = match self.value {
            Value::List(list) => Value::List(list.into_iter().map(|node| node.below(first)).collect()),
            Value::Map(map) => {
                Value::Map(map.into_iter().map(|(key, value)| (key.below(first), value.below(first))).collect())
            }
            text => text,
        };
        self
    }
}

impl Broken {
    /// Returns the same with the line of a file in which the text begins at the given line.
    pub fn below(self, first: usize) -> Self {
        Self { line: self.line + first - 1, ..self }
    }
}
