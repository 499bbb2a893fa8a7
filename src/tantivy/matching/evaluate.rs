//! Evaluates a tree to the list of entries that match it.

use tantivy::DocId;

use super::union::union;
use super::{ScoredDocs, Segment, filter, scored};
use crate::backend::{Filter, Part, Tree};

/// Which scores are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// None.
    Never,
    /// Those of what makes entries match; [`bound`](crate::tantivy::scoring::bound) says how much more there can be.
    Least,
    /// All of them.
    Full,
}

impl Scoring {
    /// The number of entries that have no score of their own.
    fn none(self) -> Option<u32> {
        (self != Self::Never).then_some(0)
    }
}

/// Returns the entries of a segment that match a tree, dead ones among them; of some of them only, if so.
pub fn list_of(
    tree: &Tree,
    segment: &Segment,
    within: Option<&[DocId]>,
    scoring: Scoring,
) -> tantivy::Result<ScoredDocs> {
    let (list, also) = match tree {
        Tree::All(trees, also) => (list_all(trees.iter(), segment, within, scoring)?, &also[..]),
        Tree::Any(least, trees, also) => {
            let lists = trees.iter().map(|tree| list_of(tree, segment, within, scoring));
            (union(*least, lists.collect::<Result<_, _>>()?), &also[..])
        }
        Tree::Not(tree) => {
            let mut list = ScoredDocs::new(segment.docs(within), scoring.none());
            list.remove(&list_of(tree, segment, within, Scoring::Never)?.docs);
            (list, &[][..])
        }
        Tree::Words(ways, also) => {
            let lists = ways.iter().map(|way| scored::list(&way.score, segment, within, scoring != Scoring::Never));
            (union(1, lists.collect::<Result<_, _>>()?), &also[..])
        }
        Tree::Filter(filter) => (ScoredDocs::new(filter::docs(filter, segment, within)?, scoring.none()), &[][..]),
    };
    if scoring == Scoring::Full { with(list, also, segment) } else { Ok(list) }
}

/// Adds the scores of parts that only add to a score.
pub fn with<'a>(
    mut list: ScoredDocs,
    also: impl IntoIterator<Item = &'a Part>,
    segment: &Segment,
) -> tantivy::Result<ScoredDocs> {
    for part in also {
        list.add(&scored::list(&part.score, segment, Some(&list.docs), true)?);
    }
    Ok(list)
}

/// The entries that match all of some trees.
pub fn list_all<'a>(
    trees: impl Iterator<Item = &'a Tree>,
    segment: &Segment,
    within: Option<&[DocId]>,
    scoring: Scoring,
) -> tantivy::Result<ScoredDocs> {
    let (excluded, mut required): (Vec<&Tree>, Vec<&Tree>) = trees.partition(|tree| matches!(tree, Tree::Not(_)));
    required.sort_by_key(|tree| tree.frequency());
    // To read the days of entries takes less than to seek these in another list.
    if let Some(others) = required.get_mut(1..) {
        others.sort_by_key(|tree| !matches!(tree, Tree::Filter(Filter::Days { .. })));
    }
    let mut found: Option<ScoredDocs> = None;
    for tree in required {
        let part = list_of(tree, segment, found.as_ref().map(|list| &list.docs[..]).or(within), scoring)?;
        found = Some(match found {
            None => part,
            Some(found) => found.intersect(part),
        });
    }
    let mut found = found.unwrap_or_else(|| ScoredDocs::new(segment.docs(within), scoring.none()));
    for tree in excluded {
        if let Tree::Not(tree) = tree {
            let part = list_of(tree, segment, Some(&found.docs), Scoring::Never)?;
            found.remove(&part.docs);
        }
    }
    Ok(found)
}
