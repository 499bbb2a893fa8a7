//! Neighbours: words that stand side by side in a query are preferred where they are near in a text.

use super::draft::{Draft, Near, Sought};
use super::expand;
use super::questions::{Question, Questions};
use crate::query::{MatchKind, Node, NodeKind, Stream};

/// Returns the pairs of neighbours among nodes that stand side by side, whose drafts these are.
pub fn pairs(nodes: &[Node], drafts: &[Draft<'_>], questions: &mut Questions) -> Vec<Near> {
    let mut found = Vec::new();
    let mut last: Option<(&Node, usize)> = None;
    for (node, draft) in nodes.iter().zip(drafts).filter(|(node, _)| !is_passed_over(node)) {
        let stems = stems(node, draft).map(|places| any(places, questions));
        if let (Some((before, first)), Some(second)) = (last, stems) {
            found.push(Near { typed: format!("{before} {node}"), words: [first, second] });
        }
        last = stems.map(|stems| (node, stems));
    }
    found
}

/// What says nothing of the text, and words that say little, leave those around them neighbours.
fn is_passed_over(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Words(words) => expand::is_function_word(words),
        _ => node.words().is_empty(),
    }
}

/// The places of the stems of one word, or of words that are alternatives: these are one neighbour, and none of each
/// other's.
fn stems(node: &Node, draft: &Draft<'_>) -> Option<Vec<usize>> {
    match (&node.kind, draft) {
        (NodeKind::Words(_), Draft::Words { ways, .. }) => {
            let Sought { way, first } = ways.iter().find(|sought| sought.way.how == MatchKind::Form)?;
            (way.sequence.slots.len() == 1).then(|| vec![*first])
        }
        (NodeKind::Either(nodes), Draft::Any(_, drafts, _)) => {
            let places = nodes.iter().zip(drafts).map(|(node, draft)| stems(node, draft));
            Some(places.collect::<Option<Vec<_>>>()?.concat())
        }
        _ => None,
    }
}

/// The place of the stems at some places taken for one.
fn any(places: Vec<usize>, questions: &mut Questions) -> usize {
    if let [place] = places[..] {
        return place;
    }
    let terms = places.iter().flat_map(|place| questions.terms(*place)).collect();
    questions.ask(Question::Terms(Stream::Stem, terms))
}
