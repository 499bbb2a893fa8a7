//! Division of an answer into units, the smallest parts that a page has or has not. A unit is a value of at most
//! [`MAX_UNIT`] bytes in the answer's tree; a longer string is divided into pieces.

use super::json::{Node, quoted};

/// Maximum size of a unit in bytes.
pub const MAX_UNIT: usize = 1_000;

/// A step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
    /// A piece of a string, from 0.
    Piece(usize),
}

/// A unit.
#[derive(Debug)]
pub struct Unit {
    /// The steps from the answer to it.
    pub path: Vec<Step>,
    /// JSON; of a piece of a string without quotation marks.
    pub text: String,
}

/// Returns the units of an answer in order.
pub fn units(answer: Node<'_>) -> Vec<Unit> {
    let mut units = Vec::new();
    match answer {
        // Each key by itself, however short the answer is.
        Node::Object(entries) => {
            for (key, value) in entries {
                divide(value, vec![Step::Key(key)], &mut units);
            }
        }
        other => divide(other, Vec::new(), &mut units),
    }
    units
}

fn divide(node: Node<'_>, path: Vec<Step>, units: &mut Vec<Unit>) {
    let text = node.text();
    let below = |step: Step| [&path[..], &[step]].concat();
    match node {
        _ if text.len() <= MAX_UNIT => units.push(Unit { path, text }),
        Node::Scalar(_) => {
            for (at, piece) in pieces(&text).into_iter().enumerate() {
                units.push(Unit { path: below(Step::Piece(at)), text: piece });
            }
        }
        Node::List(items) => {
            for (at, item) in items.into_iter().enumerate() {
                divide(item, below(Step::Item(at)), units);
            }
        }
        Node::Object(entries) => {
            for (key, value) in entries {
                let path = below(Step::Key(key));
                divide(value, path, units);
            }
        }
    }
}

/// Divides a JSON string into pieces, none within an escape.
fn pieces(text: &str) -> Vec<String> {
    let inner = text.trim_start_matches('"').strip_suffix('"').unwrap_or(text);
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let mut escape = String::from(character);
        if character == '\\' {
            let kind = characters.next();
            escape.extend(kind);
            if kind == Some('u') {
                escape.extend(characters.by_ref().take(4));
            }
        }
        if piece.len() + escape.len() > MAX_UNIT {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push_str(&escape);
    }
    pieces.push(piece);
    pieces
}

/// Writes a path as a list of keys and places: `["sections",2,"answer","titles"]`.
pub fn written(path: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => Some(quoted(key)),
        Step::Item(at) => Some(at.to_string()),
        Step::Piece(_) => None,
    };
    format!("[{}]", path.iter().filter_map(step).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_values_stay_whole_and_large_ones_are_divided() {
        let long = "é\\n\\u2028".repeat(400);
        let text = format!(r#"{{"a":[1,2],"b":{{"c":[{{"d":"{long}"}},3]}}}}"#);
        let units = units(Node::parse(&text).expect("JSON"));
        assert_eq!(written(&units[0].path), r#"["a"]"#);
        assert!(units.iter().all(|unit| unit.text.len() <= MAX_UNIT));
        let pieces: Vec<_> = units.iter().filter(|unit| written(&unit.path) == r#"["b","c",0,"d"]"#).collect();
        assert_eq!(pieces.iter().map(|unit| unit.text.as_str()).collect::<String>(), long);
        assert!(pieces.len() > 3 && pieces.iter().all(|unit| !unit.text.ends_with('\\')));
        assert_eq!(written(&units.last().expect("a unit").path), r#"["b","c",1]"#);
    }
}
