//! What scores are made of, part by part.

use tantivy::DocId;

use super::matching::Segment;
use super::plan::{Part, Plan};
use super::rank::Ranked;
use super::selected::Selected;
use super::{Error, Reader, bm25};
use crate::query::Reason;

/// The parts of a plan that a document matches, each with its score; none where it does not match the plan.
type Matched<'a> = Option<Vec<(&'a Part, u32)>>;

impl Reader {
    /// What the score of each hit is made of.
    pub(super) fn reasons(&self, hits: &[Ranked], selected: &Selected) -> Result<Vec<Vec<Reason>>, Error> {
        let address = |hit: usize| hits[hit].best.address;
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_unstable_by_key(|hit| address(*hit));
        let mut reasons = vec![Vec::new(); hits.len()];
        for order in order.chunk_by(|a, b| address(*a).segment_ord == address(*b).segment_ord) {
            let segment = &self.segments[address(order[0]).segment_ord as usize];
            let docs: Vec<DocId> = order.iter().map(|hit| address(*hit).doc_id).collect();
            for plan in &selected.plans {
                let matched = plan.matched(segment, &docs).map_err(Error::tantivy(&self.held.path))?;
                for (hit, parts) in order.iter().zip(matched) {
                    let parts = parts.into_iter().flatten().filter(|(_, score)| *score > 0);
                    reasons[*hit].extend(parts.map(|(part, score)| reason(part, score)));
                }
            }
        }
        Ok(reasons)
    }
}

fn reason(part: &Part, score: u32) -> Reason {
    Reason { words: part.words.clone(), how: part.how, score: bm25::shown(score) }
}

impl Plan {
    /// What each of some documents of a segment, in order, matches.
    fn matched<'a>(&'a self, segment: &Segment, docs: &[DocId]) -> tantivy::Result<Vec<Matched<'a>>> {
        let (mut matched, also) = match self {
            Self::All(plans, also) => {
                let mut all = vec![Some(Vec::new()); docs.len()];
                for plan in plans {
                    for (all, one) in all.iter_mut().zip(plan.matched(segment, docs)?) {
                        *all = all.take().zip(one).map(|(all, one)| [all, one].concat());
                    }
                }
                (all, &also[..])
            }
            Self::Any(least, plans, also) => {
                let plans = plans.iter().map(|plan| plan.matched(segment, docs)).collect::<Result<Vec<_>, _>>()?;
                (at_least(*least, plans, docs), &also[..])
            }
            Self::Words(ways, also) => {
                let ways = ways.iter().map(|way| way.matched(segment, docs)).collect::<Result<Vec<_>, _>>()?;
                (at_least(1, ways, docs), &also[..])
            }
            Self::Not(plan) => {
                let matched = plan.matched(segment, docs)?;
                (matched.into_iter().map(|one| one.is_none().then(Vec::new)).collect(), &[][..])
            }
            Self::Filter(filter) => {
                let passing = filter.docs(segment, Some(docs))?;
                (docs.iter().map(|doc| passing.binary_search(doc).is_ok().then(Vec::new)).collect(), &[][..])
            }
        };
        for part in also {
            for (matched, more) in matched.iter_mut().zip(part.matched(segment, docs)?) {
                if let Some(matched) = matched {
                    matched.extend(more.into_iter().flatten());
                }
            }
        }
        Ok(matched)
    }
}

impl Part {
    fn matched(&self, segment: &Segment, docs: &[DocId]) -> tantivy::Result<Vec<Matched<'_>>> {
        let list = self.query.list(segment, Some(docs), true)?;
        let score = |doc| list.docs.binary_search(doc).ok().map(|at| vec![(self, list.numbers[at])]);
        Ok(docs.iter().map(score).collect())
    }
}

/// What documents match that match at least so many of some plans.
fn at_least<'a>(least: usize, plans: Vec<Vec<Matched<'a>>>, docs: &[DocId]) -> Vec<Matched<'a>> {
    let mut found = vec![(0, Vec::new()); docs.len()];
    for plan in plans {
        for ((count, parts), one) in found.iter_mut().zip(plan) {
            *count += usize::from(one.is_some());
            parts.extend(one.into_iter().flatten());
        }
    }
    found.into_iter().map(|(count, parts)| (count >= least).then_some(parts)).collect()
}
