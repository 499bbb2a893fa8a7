//! Explanations of scores, part by part.

use tantivy::{DocAddress, DocId};

use crate::backend::{Error, Part, Tree, shown};
use crate::query::Reason;
use crate::tantivy::matching::{Segment, Segments, filter, scored};

/// The parts of a tree that a document matches, with their scores; `None` if it does not match the tree.
type Matched<'a> = Option<Vec<(&'a Part, u32)>>;

/// Returns the explanations of the scores of entries that match all of some trees.
pub fn reasons(addresses: &[DocAddress], trees: &[Tree], segments: &Segments) -> Result<Vec<Vec<Reason>>, Error> {
    let address = |hit: usize| addresses[hit];
    let mut order: Vec<usize> = (0..addresses.len()).collect();
    order.sort_unstable_by_key(|hit| address(*hit));
    let mut reasons = vec![Vec::new(); addresses.len()];
    for order in order.chunk_by(|a, b| address(*a).segment_ord == address(*b).segment_ord) {
        let segment = &segments[address(order[0]).segment_ord as usize];
        let docs: Vec<DocId> = order.iter().map(|hit| address(*hit).doc_id).collect();
        for tree in trees {
            let matched = matched(tree, segment, &docs).map_err(segments.error())?;
            for (hit, parts) in order.iter().zip(matched) {
                let parts = parts.into_iter().flatten().filter(|(_, score)| *score > 0);
                reasons[*hit].extend(parts.map(|(part, score)| reason(part, score)));
            }
        }
    }
    Ok(reasons)
}

fn reason(part: &Part, score: u32) -> Reason {
    Reason { words: part.words.clone(), how: part.how, score: shown(score) }
}

/// Returns the matches of some documents of a segment, in order.
fn matched<'a>(tree: &'a Tree, segment: &Segment, docs: &[DocId]) -> tantivy::Result<Vec<Matched<'a>>> {
    let (mut found, also) = match tree {
        Tree::All(trees, also) => {
            let mut all = vec![Some(Vec::new()); docs.len()];
            for tree in trees {
                for (all, one) in all.iter_mut().zip(matched(tree, segment, docs)?) {
                    *all = all.take().zip(one).map(|(all, one)| [all, one].concat());
                }
            }
            (all, &also[..])
        }
        Tree::Any(least, trees, also) => {
            let trees = trees.iter().map(|tree| matched(tree, segment, docs)).collect::<Result<Vec<_>, _>>()?;
            (at_least(*least, trees, docs), &also[..])
        }
        Tree::Words(ways, also) => {
            let ways = ways.iter().map(|way| matched_part(way, segment, docs)).collect::<Result<Vec<_>, _>>()?;
            (at_least(1, ways, docs), &also[..])
        }
        Tree::Not(tree) => {
            let found = matched(tree, segment, docs)?;
            (found.into_iter().map(|one| one.is_none().then(Vec::new)).collect(), &[][..])
        }
        Tree::Filter(filter) => {
            let passing = filter::docs(filter, segment, Some(docs))?;
            (docs.iter().map(|doc| passing.binary_search(doc).is_ok().then(Vec::new)).collect(), &[][..])
        }
    };
    for part in also {
        for (found, more) in found.iter_mut().zip(matched_part(part, segment, docs)?) {
            if let Some(found) = found {
                found.extend(more.into_iter().flatten());
            }
        }
    }
    Ok(found)
}

fn matched_part<'a>(part: &'a Part, segment: &Segment, docs: &[DocId]) -> tantivy::Result<Vec<Matched<'a>>> {
    let list = scored::list(&part.score, segment, Some(docs), true)?;
    let score = |doc| list.docs.binary_search(doc).ok().map(|at| vec![(part, list.numbers[at])]);
    Ok(docs.iter().map(score).collect())
}

/// Returns the matches of documents that match at least `least` of some trees.
fn at_least<'a>(least: usize, trees: Vec<Vec<Matched<'a>>>, docs: &[DocId]) -> Vec<Matched<'a>> {
    let mut found = vec![(0, Vec::new()); docs.len()];
    for tree in trees {
        for ((count, parts), one) in found.iter_mut().zip(tree) {
            *count += usize::from(one.is_some());
            parts.extend(one.into_iter().flatten());
        }
    }
    found.into_iter().map(|(count, parts)| (count >= least).then_some(parts)).collect()
}
