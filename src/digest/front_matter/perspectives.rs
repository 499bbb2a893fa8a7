//! Parser of the key `perspectives`.

use super::count::count;
use super::node::{Node, Value};
use super::pair::{Pair, plain};
use crate::digest::{Perspective, Subject, Warning};

/// Maximum number of perspectives of a topic.
pub const MAX_PERSPECTIVES: usize = 64;

/// Maximum length of a perspective id.
const MAX_ID_CHARS: usize = 100;

/// Item of the list as written, with its line.
#[derive(Default)]
struct Listed {
    id: String,
    name: Option<String>,
    count: Option<usize>,
    line: usize,
}

/// Parses the list. Skips unusable items with a warning.
pub(super) fn perspectives(pair: &Pair<'_>, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Perspective> {
    let listed = match pair.node() {
        Ok(node) => parse_node(&node, warnings),
        Err(_) => {
            warnings.push(Subject::FrontMatter.at(pair.line, "`perspectives` is not valid YAML; read line by line"));
            parse_lines(pair, warnings)
        }
    };
    if listed.len() > MAX_PERSPECTIVES {
        let message = format!("`perspectives` has {} items; only the first {MAX_PERSPECTIVES} are used", listed.len());
        warnings.push(Subject::Perspective.at(pair.line, message));
    }
    let mut out: Vec<Perspective> = Vec::new();
    for Listed { id: written, name, count, line } in listed.into_iter().take(MAX_PERSPECTIVES) {
        let id = sanitize_id(&written);
        if id != written {
            let message = format!("invalid perspective id `{written}`; `{id}` is used");
            warnings.push(Subject::Perspective.at(line, message));
        }
        if id.is_empty() || out.iter().any(|p| p.id == id) {
            let message = format!("empty or repeated id `{id}` in `perspectives`; skipped");
            warnings.push(Subject::Perspective.at(line, message));
            continue;
        }
        let name = name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or_else(|| id.clone());
        out.push(Perspective { id, name, count });
    }
    out
}

fn parse_node(node: &Node, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Listed> {
    match &node.value {
        Value::List(list) => list.iter().filter_map(|item| parse_item(item, warnings)).collect(),
        Value::Text(text) if matches!(text.as_str(), "" | "~" | "null") => Vec::new(),
        _ => {
            warnings.push(not_a_list(node.line));
            Vec::new()
        }
    }
}

fn parse_item(item: &Node, warnings: &mut Vec<(Subject, Warning)>) -> Option<Listed> {
    let mut listed = Listed { line: item.line, ..Listed::default() };
    match &item.value {
        // Only an id.
        Value::Text(text) => listed.id = text.trim().to_owned(),
        Value::Map(map) => {
            for (key, value) in map {
                listed.take(key.text().unwrap_or_default(), value, warnings);
            }
        }
        Value::List(_) => {
            warnings.push(not_a_list(item.line));
            return None;
        }
    }
    Some(listed)
}

fn not_a_list(line: usize) -> (Subject, Warning) {
    Subject::FrontMatter.at(line, "expected a list of `id`, `name` and `count` under `perspectives`; ignored")
}

impl Listed {
    fn take(&mut self, key: &str, value: &Node, warnings: &mut Vec<(Subject, Warning)>) {
        let key = key.to_ascii_lowercase();
        let text = value.text().map(str::trim);
        match (key.as_str(), text) {
            ("id", Some(text)) => self.id = text.to_owned(),
            ("name", Some(text)) => self.name = Some(text.to_owned()),
            ("count", Some("" | "~" | "null")) => {}
            ("count", Some(text)) => {
                self.count = count(text);
                if self.count.is_none() {
                    warnings.push(invalid_count(value.line, "count", text));
                }
            }
            ("id" | "name" | "count", None) => {
                let message = format!("expected one value for `{key}` of a perspective, found a list");
                warnings.push(Subject::FrontMatter.at(value.line, message));
            }
            _ => {}
        }
    }
}

/// Returns a warning about an invalid count.
pub(super) fn invalid_count(line: usize, key: &str, text: &str) -> (Subject, Warning) {
    Subject::FrontMatter.at(line, format!("expected a whole number, found `{key}: {text}`; ignored"))
}

/// Parses a list with unescaped strings line by line: `- key: value` or `key: value`.
fn parse_lines(pair: &Pair<'_>, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Listed> {
    let mut out: Vec<Listed> = Vec::new();
    for (number, line) in (pair.line..).zip(pair.yaml.lines()).skip(1) {
        let line = line.trim();
        let item = line.strip_prefix("- ");
        if item.is_some() {
            out.push(Listed { line: number, ..Listed::default() });
        }
        let (Some((key, value)), Some(last)) = (item.unwrap_or(line).split_once(':'), out.last_mut()) else {
            continue;
        };
        last.take(&plain(key), &Node { line: number, value: Value::Text(plain(value)) }, warnings);
    }
    out
}

/// Replaces white space, control characters and `#`, which separates the parts of an entry's id, by hyphens.
fn sanitize_id(id: &str) -> String {
    let good = |c: char| !c.is_whitespace() && !c.is_control() && c != '#';
    let id: String = id.chars().map(|c| if good(c) { c } else { '-' }).take(MAX_ID_CHARS).collect();
    id.trim_matches('-').to_owned()
}
