//! Use of each line of a file.

use std::collections::BTreeMap;

use crate::lint::{Explained, ExplainedLine};
use crate::render::human::blocks::{Block, Item, Items, Level, Line, List, Role, Sense, Span};
use crate::render::numbers::{counted, grouped};

/// The width of what became of a line: that of `description #t100`.
const WIDTH: usize = 17;

/// The greatest number of characters of a line that is shown; JSON has the rest.
const MAX_CHARS: usize = 100;

/// Returns the answer as blocks.
pub fn blocks(answer: &Explained) -> Vec<Block<'_>> {
    let mut blocks = vec![Block::Heading(Level::Place, answer.path.as_str().into())];
    blocks.extend(about(answer).into_iter().map(|line| Block::Paragraph(Sense::Body, line.into())));
    let lines = if answer.digest.is_some() { answer.lines.as_slice() } else { &[] };
    let items = Items::Lazy(lines.len(), Box::new(move |at| item(&lines[at])));
    let warnings = answer.warnings.iter().map(|warning| {
        let label = warning.line.map_or_else(Line::default, |line| line.to_string().into());
        Item { label, ..Item::new(Line::from(warning.message.as_str()), []) }
    });
    let warnings = List { items: warnings.collect::<Vec<_>>().into(), label_width: 5, ..List::default() };
    blocks.push(Block::List(List { items, label_width: 5, hides_addresses: true, ..List::default() }));
    if !answer.warnings.is_empty() {
        blocks.extend([Block::Heading(Level::Place, "warnings".into()), Block::List(warnings)]);
    }
    blocks.push(Block::total(total(lines)));
    blocks
}

/// Returns sentences about the file as a whole.
fn about(answer: &Explained) -> Vec<String> {
    let Some(digest) = &answer.digest else { return vec![answer.outcome.clone()] };
    let part = |name: &str, value: &str, place: &str| format!("{name} {value} ({place})");
    let mut parts = vec![
        part("date", &digest.date.to_string(), digest.places.date),
        part("topic", &digest.topic_name, digest.places.topic),
    ];
    parts.extend(digest.lang.as_ref().map(|lang| part("language", lang, digest.places.lang)));
    vec![format!("{}, id {}", answer.outcome, digest.id()), parts.join(", ")]
}

fn item(line: &ExplainedLine) -> Item<'_> {
    let name = line.becomes.map_or("", |becomes| becomes.as_str());
    let entry = line.entry.as_deref().unwrap_or_default();
    let becomes = format!("{:WIDTH$}  ", format!("{name} {entry}").trim());
    let text: String = line.text.chars().take(MAX_CHARS).collect();
    let end = if text.len() < line.text.len() { "…" } else { "" };
    let reason = line.reason().map_or_else(String::new, |reason| format!("({reason}) "));
    let spans = [Span::new(Role::Dim, becomes), Span::new(Role::Dim, reason), Span::new(Role::Text, text + end)];
    let links = line
        .loose_links
        .iter()
        .map(|link| Line(vec![Span::new(Role::Dim, "not read as a title: "), Span::new(Role::Text, link.as_str())]));
    Item { label: line.line.to_string().into(), ..Item::new(Line(spans.into()), links.collect::<Vec<_>>()) }
}

/// Returns how many lines became what.
fn total(lines: &[ExplainedLine]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    lines.iter().filter_map(|line| line.becomes).for_each(|b| *counts.entry(b.as_str()).or_default() += 1);
    let counts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} {}", grouped(count))).collect();
    match counts.is_empty() {
        true => "no lines are indexed".to_owned(),
        false => format!("{}: {}", counted(lines.len(), "line"), counts.join(", ")),
    }
}
