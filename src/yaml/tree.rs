//! Builds a tree from the events of the parser.

use std::borrow::Cow;
use std::collections::HashSet;

use saphyr_parser::{Event, Marker, Parser, ScanError, Tag};

use super::{Error, Key, Node, Place, Problem, Value};

/// Limits of the input.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Maximum size in bytes.
    pub bytes: usize,
    /// Maximum nesting depth of lists and mappings.
    pub depth: usize,
}

/// Parses a YAML document.
///
/// # Errors
/// The YAML is invalid, uses aliases or tags, repeats a key, or exceeds the limits.
pub fn read(text: &str, limits: Limits) -> Result<Node, Error> {
    if text.len() > limits.bytes {
        return Err(Place::START.error(Problem::TooLong(text.len(), limits.bytes)));
    }
    let mut parser = Parser::new_from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut tree = Tree { depth: limits.depth, ..Tree::default() };
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| broken(&error))?;
        let place = place(span.start);
        match event {
            Event::DocumentStart(_) if documents > 0 => return Err(place.error(Problem::SeveralDocuments)),
            Event::DocumentStart(_) => documents += 1,
            Event::Scalar(text, _, _, tag) => {
                refuse_tag(tag.as_ref(), place)?;
                tree.add(Node { place, value: Value::Text(text.into_owned()) })?;
            }
            Event::SequenceStart(_, tag) => {
                refuse_tag(tag.as_ref(), place)?;
                tree.open(place, Value::List(Vec::new()))?;
            }
            Event::MappingStart(_, tag) => {
                refuse_tag(tag.as_ref(), place)?;
                tree.open(place, Value::Map(Vec::new()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => tree.close()?,
            Event::Alias(_) => return Err(place.error(Problem::Alias)),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    Ok(tree.root.unwrap_or(Node { place: Place::START, value: Value::Text(String::new()) }))
}

/// Rejects tags.
fn refuse_tag(tag: Option<&Cow<'_, Tag>>, place: Place) -> Result<(), Error> {
    if tag.is_some() { Err(place.error(Problem::Tag)) } else { Ok(()) }
}

fn place(marker: Marker) -> Place {
    Place { line: marker.line().max(1), column: marker.col() + 1 }
}

fn broken(error: &ScanError) -> Error {
    place(*error.marker()).error(Problem::Syntax(error.info().to_owned()))
}

/// A tree under construction.
#[derive(Default)]
struct Tree {
    /// Maximum nesting depth.
    depth: usize,
    root: Option<Node>,
    open: Vec<Node>,
    /// For each open node, the last key without a value.
    keys: Vec<Option<Key>>,
    /// For each open node, its keys so far.
    names: Vec<HashSet<String>>,
}

impl Tree {
    fn open(&mut self, place: Place, value: Value) -> Result<(), Error> {
        if self.open.len() == self.depth {
            return Err(place.error(Problem::TooDeep(self.depth)));
        }
        if self.wants_key() {
            return Err(place.error(Problem::KeyNotScalar));
        }
        self.open.push(Node { place, value });
        self.keys.push(None);
        self.names.push(HashSet::new());
        Ok(())
    }

    fn close(&mut self) -> Result<(), Error> {
        self.keys.pop();
        self.names.pop();
        self.open.pop().map_or(Ok(()), |node| self.add(node))
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Node { value: Value::Map(_), .. })) && self.keys.last() == Some(&None)
    }

    fn add(&mut self, node: Node) -> Result<(), Error> {
        let wants_key = self.wants_key();
        let (Some(parent), Some(key)) = (self.open.last_mut(), self.keys.last_mut()) else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut parent.value, node.value) {
            (Value::Map(_), Value::Text(name)) if wants_key => {
                if self.names.last_mut().is_some_and(|names| !names.insert(name.clone())) {
                    return Err(node.place.error(Problem::RepeatedKey(name)));
                }
                *key = Some(Key { place: node.place, name });
            }
            (Value::Map(entries), value) => {
                entries.extend(key.take().map(|key| (key, Node { place: node.place, value })));
            }
            (Value::List(values), value) => values.push(Node { place: node.place, value }),
            (Value::Text(_), _) => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { bytes: 64 << 10, depth: 8 };

    /// Compares a tree, with positions as `line:column`.
    fn check(yaml: &str, expect: &str) {
        let found = match read(yaml, LIMITS) {
            Ok(node) => formatted(&node),
            Err(error) => format!("{}:{} {}", error.place.line, error.place.column, error.problem),
        };
        assert_eq!(found, expect, "{yaml}");
    }

    fn formatted(node: &Node) -> String {
        let Place { line, column } = node.place;
        match &node.value {
            Value::Text(text) => format!("{line}:{column} {text:?}"),
            Value::List(values) => format!("[{}]", values.iter().map(formatted).collect::<Vec<_>>().join(", ")),
            Value::Map(entries) => {
                let entry = |(key, value): &(Key, Node)| {
                    format!("{}:{} {}: {}", key.place.line, key.place.column, key.name, formatted(value))
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }

    #[test]
    fn every_node_has_its_position() {
        check(
            "a: b\nc:\n  - é: {d: [1, \"2\"]}\n",
            "{1:1 a: 1:4 \"b\", 2:1 c: [{3:5 é: {3:9 d: [3:13 \"1\", 3:16 \"2\"]}}]}",
        );
        check("\u{feff}no: 2026-01\nx: |\n  a\n  b\n", "{1:1 no: 1:5 \"2026-01\", 2:1 x: 3:3 \"a\\nb\\n\"}");
        check("", "1:1 \"\"");
        check("a:", "{1:1 a: 1:2 \"\"}");
    }

    #[test]
    fn unsupported_yaml_is_rejected() {
        check("a: 1\na: 2", "2:1 repeated key `a`");
        check("a: &x 1\nb: *x", "2:4 aliases are not supported");
        check("a: !include x", "1:4 tags such as `!include` are not supported");
        check("a: 1\n---\nb: 1", "2:1 expected one YAML document, found another");
        check("[a]: 1", "1:1 expected a scalar as key");
        check(&"[".repeat(100), "1:9 lists and mappings exceed the nesting limit of 8");
        check(&" ".repeat(LIMITS.bytes + 1), "1:1 65537 bytes exceed the limit of 65536");
    }

    proptest! {
        #[test]
        fn never_panics(yaml in "([a-c]: ?|- |\\[|\\]|\\{|\\}|\n +|\n|\"|'|\\||>|[-&*!%@#?,]|\\PC){0,40}") {
            let _ = read(&yaml, LIMITS);
        }
    }
}
