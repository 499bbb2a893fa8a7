//! YAML tree with scalars as written (including `1e3`, `yes` and `~`) and line numbers.

use saphyr_parser::{Event, Parser, ScanError};

/// Maximum size of a YAML text. Real values have a few hundred bytes; the parser takes quadratic time for deep nesting.
pub(super) const MAX_YAML_BYTES: usize = 1 << 14;
pub(super) const MAX_YAML_BRACKETS: usize = 500;

/// A value and its line in the text, from 1.
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

/// Error of reading YAML, with its line in the text.
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

/// Parses a YAML document.
pub(super) fn read(yaml: &str) -> Result<Node, Broken> {
    let brackets = yaml.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    if yaml.len() > MAX_YAML_BYTES || brackets > MAX_YAML_BRACKETS {
        return Err(Broken { line: 1, message: "too long or too deeply nested".to_owned() });
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
            // Nested aliases may expand without bound.
            Event::Alias(_) => return Err(Broken { line, message: "aliases (`*name`) are not supported".to_owned() }),
            Event::DocumentStart(_) if root.is_some() => {
                return Err(Broken { line, message: "expected one document, found another".to_owned() });
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

    /// Converts lines of the text to lines of the file, given the first line of the text.
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
    /// Converts the line of the text to a line of the file, given the first line of the text.
    pub fn below(self, first: usize) -> Self {
        Self { line: self.line + first - 1, ..self }
    }
}
