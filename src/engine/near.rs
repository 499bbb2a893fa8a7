//! Neighbours: words that stand side by side in a query are preferred where they are near in a text.

use super::Error;
use super::bm25::idf;
use super::expand::{self, NEAR};
use super::matching::{Found, Scored};
use super::plan::{Part, Plan, Planner};
use crate::query::{How, Node, What};

impl Planner<'_> {
    /// The pairs of neighbours among nodes that stand side by side, whose plans these are.
    pub fn near(&self, nodes: &[Node], plans: &[Plan]) -> Result<Vec<Part>, Error> {
        let mut found: Vec<Part> = Vec::new();
        let mut last: Option<(&Node, Found, f32)> = None;
        for (node, plan) in nodes.iter().zip(plans).filter(|(node, _)| !is_passed_over(node)) {
            let Some(stems) = stems(node, plan) else {
                last = None;
                continue;
            };
            let frequency = self.frequency(&stems)?;
            let rarity = idf(frequency, self.reader.dictionary().units());
            if let Some((before, first, other)) = last {
                let weight = rarity.min(other) * NEAR;
                let query = Scored::Near { words: [first, stems.clone()], weight };
                found.push(Part {
                    words: format!("{before} {node}"),
                    how: How::Near,
                    query,
                    frequency: frequency as usize,
                });
            }
            last = Some((node, stems, rarity));
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
fn stems(node: &Node, plan: &Plan) -> Option<Found> {
    match (&node.what, plan) {
        (What::Words(_), Plan::Words(ways, _)) => {
            let form = ways.iter().find(|part| part.how == How::Form)?;
            match &form.query {
                Scored::Sequence { slots, .. } if slots.len() == 1 => slots.first().cloned(),
                Scored::Sequence { .. } | Scored::Near { .. } => None,
            }
        }
        (What::Either(nodes), Plan::Any(_, plans, _)) => {
            let alternatives = nodes.iter().zip(plans).map(|(node, plan)| stems(node, plan));
            Found::any(alternatives.collect::<Option<Vec<_>>>()?.into_iter())
        }
        _ => None,
    }
}
