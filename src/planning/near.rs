//! Proximity: adjacent words of a query score more if they are close in a text.

use super::draft::{Draft, Near, WayDraft};
use super::expand;
use super::questions::{Question, Questions};
use crate::query::{MatchKind, Node, NodeKind, Stream};

/// Returns the pairs of adjacent words among nodes with their drafts.
pub fn pairs(nodes: &[Node], drafts: &[Draft<'_>], questions: &mut Questions) -> Vec<Near> {
    let mut found = Vec::new();
    let mut last: Option<(&Node, usize)> = None;
    for (node, draft) in nodes.iter().zip(drafts).filter(|(node, _)| !is_skipped(node)) {
        let stems = stems(node, draft).map(|places| any(places, questions));
        if let (Some((before, first)), Some(second)) = (last, stems) {
            found.push(Near { typed: format!("{before} {node}"), words: [first, second] });
        }
        last = stems.map(|stems| (node, stems));
    }
    found
}

/// Reports whether a node is skipped between neighbours: a filter or a function word.
fn is_skipped(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Words(words) => expand::is_function_word(words),
        _ => node.words().is_empty(),
    }
}

/// Returns the lookups of the stems of one word, or of alternative words, which together are one neighbour.
fn stems(node: &Node, draft: &Draft<'_>) -> Option<Vec<usize>> {
    match (&node.kind, draft) {
        (NodeKind::Words(_), Draft::Words { ways, .. }) => {
            let WayDraft { way, first } = ways.iter().find(|way_draft| way_draft.way.how == MatchKind::Form)?;
            (way.sequence.slots.len() == 1).then(|| vec![*first])
        }
        (NodeKind::Either(nodes), Draft::Any(_, drafts, _)) => {
            let places = nodes.iter().zip(drafts).map(|(node, draft)| stems(node, draft));
            Some(places.collect::<Option<Vec<_>>>()?.concat())
        }
        _ => None,
    }
}

/// Returns the lookup of the union of some stems.
fn any(places: Vec<usize>, questions: &mut Questions) -> usize {
    if let [place] = places[..] {
        return place;
    }
    let terms = places.iter().flat_map(|place| questions.terms(*place)).collect();
    questions.ask(Question::Terms(Stream::Stem, terms))
}
