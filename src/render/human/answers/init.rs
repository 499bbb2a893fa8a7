//! Places of the parts of digests in a folder.

use crate::lint::{FoundPart, Overview};
use crate::render::InitAnswer;
use crate::render::human::blocks::{Block, Item, Level, Line, List, Role, Sense, Span};
use crate::render::numbers::{counted, grouped};

/// The number of files without a place that are named.
const UNPLACED: usize = 10;

/// Returns the answer as blocks.
pub fn blocks(answer: &InitAnswer) -> Vec<Block<'_>> {
    let Overview { parts, keys, unplaced, .. } = &answer.overview;
    let mut blocks = vec![Block::Paragraph(Sense::Body, summary(answer).into())];
    if !parts.is_empty() {
        blocks.push(list(parts));
    }
    if !keys.is_empty() {
        blocks.push(Block::Heading(Level::Place, "keys that can be fields".into()));
        blocks.push(list(keys));
    }
    blocks.extend(labels(&answer.overview));
    if !unplaced.is_empty() {
        blocks.push(Block::Heading(Level::Place, "not indexed".into()));
        let items = unplaced.iter().take(UNPLACED).map(|(path, message)| {
            Item::new(
                Line(vec![Span::new(Role::Name, path.as_str()), Span::new(Role::Plain, format!(": {message}"))]),
                [],
            )
        });
        let more = unplaced.len().saturating_sub(UNPLACED);
        let more = (more > 0).then(|| format!("{} more; see --format json", grouped(more)));
        blocks.push(Block::List(List { items: items.collect::<Vec<_>>().into(), more, ..List::default() }));
    }
    blocks.push(Block::total(match &answer.written {
        Some(path) => format!("wrote {}: every line is commented out, so that nothing changes yet", path.display()),
        None => "wrote nothing; to change how files are read, add --write and edit the file".to_owned(),
    }));
    blocks
}

fn summary(answer: &InitAnswer) -> String {
    let Overview { files, digests, own, drafts, others, .. } = answer.overview;
    let mut parts = vec![counted(files, "Markdown file"), counted(digests, "digest")];
    parts.extend((own > 0 && own < digests).then(|| format!("{} of them in the site's own layout", grouped(own))));
    parts.extend((own > 0 && own == digests).then(|| "all in the site's own layout".to_owned()));
    parts.extend((drafts > 0).then(|| counted(drafts, "draft")));
    parts.extend((others > 0).then(|| format!("{} without a date", grouped(others))));
    format!("{}: {}", answer.folder.display(), parts.join(", "))
}

/// Returns parts with their places, numbers and examples.
fn list(parts: &[FoundPart]) -> Block<'_> {
    let width = parts.iter().map(|found| found.part.chars().count()).max().unwrap_or_default();
    let item = |found: &FoundPart| {
        let pad = " ".repeat(width.saturating_sub(found.part.chars().count()) + 2);
        let line = vec![
            Span::new(Role::Name, found.part.clone()),
            Span::new(Role::Plain, format!("{pad}{} ({})", found.place, grouped(found.count))),
        ];
        let examples = found.examples.iter().map(|example| Line(vec![Span::new(Role::Text, example.clone())]));
        Item::new(Line(line), examples.collect::<Vec<_>>())
    };
    Block::List(List { items: parts.iter().map(item).collect::<Vec<_>>().into(), ..List::default() })
}

/// Returns a sentence about labels that recur.
fn labels(overview: &Overview) -> Option<Block<'_>> {
    let labels = overview.labels.iter().map(|(label, count)| format!("{label} ({})", grouped(*count)));
    let labels: Vec<String> = labels.collect();
    (!labels.is_empty()).then(|| {
        let text = format!("recurring bullet labels (possible perspectives): {}", labels.join(", "));
        Block::Paragraph(Sense::Body, text.into())
    })
}
