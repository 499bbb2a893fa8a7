//! Neighbours: words that stand side by side in a query are preferred where they are near in a text.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bm25::idf;
use super::expand::{self, NEAR};
use super::matching::Scored;
use super::plan::{Part, Plan, Planner};
use super::{Error, dictionary};
use crate::query::{How, Node, Slot, Stream, What};

impl Planner<'_> {
    /// The pairs of neighbours among nodes that stand side by side, whose plans these are.
    pub fn near(&self, nodes: &[Node], plans: &[Plan]) -> Result<Vec<Part>, Error> {
        let mut found: Vec<Part> = Vec::new();
        let mut last: Option<(&Node, Slot, f32)> = None;
        for (node, plan) in nodes.iter().zip(plans).filter(|(node, _)| !is_passed_over(node)) {
            let Some(terms) = stems(node, plan) else {
                last = None;
                continue;
            };
            let frequency = self.frequency(Stream::Stem, terms.iter())?;
            let rarity = idf(frequency, self.dictionary.units());
            let slot = Slot { at: 0, terms };
            if let Some((before, first, other)) = last {
                let field = dictionary::field(Stream::Stem);
                let weight = rarity.min(other) * NEAR;
                let query = Scored::Near { field, words: Arc::new([first, slot.clone()]), weight };
                found.push(Part {
                    words: format!("{before} {node}"),
                    how: How::Near,
                    query,
                    frequency: frequency as usize,
                });
            }
            last = Some((node, slot, rarity));
        }
        Ok(found)
    }
}

/// What says nothing of the text, and words that say little, leave those around them neighbours.
fn is_passed_over(node: &Node) -> bool {
    match &node.what {
        What::Words(words) => expand::is_function_word(words),
        _ => node.words().is_empty(),
    }
}

/// The stems of one word, or of words that are alternatives: these are one neighbour, and none of each other's.
fn stems(node: &Node, plan: &Plan) -> Option<BTreeSet<String>> {
    match (&node.what, plan) {
        (What::Words(_), Plan::Words(ways, _)) => {
            let form = ways.iter().find(|part| part.how == How::Form)?;
            match &form.query {
                Scored::Sequence { sequence, .. } if sequence.slots.len() == 1 => Some(sequence.slots[0].terms.clone()),
                Scored::Sequence { .. } | Scored::Near { .. } => None,
            }
        }
        (What::Either(nodes), Plan::Any(_, plans, _)) => {
            let alternatives = nodes.iter().zip(plans).map(|(node, plan)| stems(node, plan));
            Some(alternatives.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
        }
        _ => None,
    }
}
