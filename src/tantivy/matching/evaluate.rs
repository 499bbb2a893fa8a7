//! Evaluation of a tree to the list of matching entries.

use tantivy::DocId;

use super::union::union;
use super::{ScoredDocs, Segment, filter, scored};
use crate::backend::{Filter, Part, Tree};

/// The scores to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// None.
    Never,
    /// Lower bounds: without the parts that only add to a score; see [`bound`](crate::tantivy::scoring::bound).
    LowerBound,
    /// Full scores.
    Full,
}

impl Scoring {
    /// Returns the number of entries without a score of their own.
    fn none(self) -> Option<u32> {
        (self != Self::Never).then_some(0)
    }
}

/// Returns the entries of a segment that match a tree, dead ones included; add_parts `within`, only of those.
pub fn evaluate(
    tree: &Tree,
    segment: &Segment,
    within: Option<&[DocId]>,
    scoring: Scoring,
) -> tantivy::Result<ScoredDocs> {
    let (list, also) = match tree {
        Tree::All(trees, also) => (evaluate_all(trees.iter(), segment, within, scoring)?, &also[..]),
        Tree::Any(least, trees, also) => {
            let lists = trees.iter().map(|tree| evaluate(tree, segment, within, scoring));
            (union(*least, lists.collect::<Result<_, _>>()?), &also[..])
        }
        Tree::Not(tree) => {
            let mut list = ScoredDocs::new(segment.docs(within), scoring.none());
            list.remove(&evaluate(tree, segment, within, Scoring::Never)?.docs);
            (list, &[][..])
        }
        Tree::Words(ways, also) => {
            let lists = ways.iter().map(|way| scored::list(&way.score, segment, within, scoring != Scoring::Never));
            (union(1, lists.collect::<Result<_, _>>()?), &also[..])
        }
        Tree::Filter(filter) => (ScoredDocs::new(filter::docs(filter, segment, within)?, scoring.none()), &[][..]),
    };
    if scoring == Scoring::Full { add_parts(list, also, segment) } else { Ok(list) }
}

/// Adds the scores of parts that only add to a score.
pub fn add_parts<'a>(
    mut list: ScoredDocs,
    also: impl IntoIterator<Item = &'a Part>,
    segment: &Segment,
) -> tantivy::Result<ScoredDocs> {
    for part in also {
        list.add(&scored::list(&part.score, segment, Some(&list.docs), true)?);
    }
    Ok(list)
}

/// Returns the entries that match all of some trees.
pub fn evaluate_all<'a>(
    trees: impl Iterator<Item = &'a Tree>,
    segment: &Segment,
    within: Option<&[DocId]>,
    scoring: Scoring,
) -> tantivy::Result<ScoredDocs> {
    let (excluded, mut required): (Vec<&Tree>, Vec<&Tree>) = trees.partition(|tree| matches!(tree, Tree::Not(_)));
    required.sort_by_key(|tree| tree.frequency());
    // Reading the dates of entries is faster than seeking the entries in another list.
    if let Some(others) = required.get_mut(1..) {
        others.sort_by_key(|tree| !matches!(tree, Tree::Filter(Filter::Days { .. })));
    }
    let mut found: Option<ScoredDocs> = None;
    for tree in required {
        let part = evaluate(tree, segment, found.as_ref().map(|list| &list.docs[..]).or(within), scoring)?;
        found = Some(match found {
            None => part,
            Some(found) => found.intersect(part),
        });
    }
    let mut found = found.unwrap_or_else(|| ScoredDocs::new(segment.docs(within), scoring.none()));
    for tree in excluded {
        if let Tree::Not(tree) = tree {
            let part = evaluate(tree, segment, Some(&found.docs), Scoring::Never)?;
            found.remove(&part.docs);
        }
    }
    Ok(found)
}
