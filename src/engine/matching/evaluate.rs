//! Asks a plan for the list of units that match it.

use tantivy::DocId;

use super::bonus::with;
use super::union::union;
use super::{List, Segment};
use crate::engine::filter::Filter;
use crate::engine::plan::Plan;

/// Which scores are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// None.
    Never,
    /// Those of what makes units match; [`Plan::bonus`] says how much more there can be.
    Least,
    /// All of them.
    Full,
}

impl Scoring {
    /// The number of units that have no score of their own.
    fn none(self) -> Option<u32> {
        (self != Self::Never).then_some(0)
    }
}

impl Plan {
    /// The units of a segment that match, dead ones among them; of some of them only, if so.
    pub fn list(&self, segment: &Segment, within: Option<&[DocId]>, scoring: Scoring) -> tantivy::Result<List> {
        let (list, also) = match self {
            Self::All(plans, also) => (list_all(plans.iter(), segment, within, scoring)?, &also[..]),
            Self::Any(least, plans, also) => {
                let lists = plans.iter().map(|plan| plan.list(segment, within, scoring));
                (union(*least, lists.collect::<Result<_, _>>()?), &also[..])
            }
            Self::Not(plan) => {
                let mut list = List::new(segment.docs(within), scoring.none());
                list.remove(&plan.list(segment, within, Scoring::Never)?.docs);
                (list, &[][..])
            }
            Self::Words(ways, also) => {
                let lists = ways.iter().map(|way| way.query.list(segment, within, scoring != Scoring::Never));
                (union(1, lists.collect::<Result<_, _>>()?), &also[..])
            }
            Self::Filter(filter) => (List::new(filter.docs(segment, within)?, scoring.none()), &[][..]),
        };
        if scoring == Scoring::Full { with(list, also, segment) } else { Ok(list) }
    }

    /// No more units match, as far as is known beforehand.
    pub fn frequency(&self) -> usize {
        match self {
            Self::All(plans, _) => plans.iter().map(Self::frequency).min().unwrap_or(usize::MAX),
            Self::Any(_, plans, _) => plans.iter().map(Self::frequency).fold(0, usize::saturating_add),
            Self::Not(_) => usize::MAX,
            Self::Words(ways, _) => ways.iter().map(|way| way.frequency).fold(0, usize::saturating_add),
            Self::Filter(filter) => filter.frequency(),
        }
    }
}

/// The units that match all of some plans.
pub fn list_all<'a>(
    plans: impl Iterator<Item = &'a Plan>,
    segment: &Segment,
    within: Option<&[DocId]>,
    scoring: Scoring,
) -> tantivy::Result<List> {
    let (excluded, mut required): (Vec<&Plan>, Vec<&Plan>) = plans.partition(|plan| matches!(plan, Plan::Not(_)));
    required.sort_by_key(|plan| plan.frequency());
    // To read the days of units takes less than to seek these in another list.
    if let Some(others) = required.get_mut(1..) {
        others.sort_by_key(|plan| !matches!(plan, Plan::Filter(Filter::Days(..))));
    }
    let mut found: Option<List> = None;
    for plan in required {
        let part = plan.list(segment, found.as_ref().map(|list| &list.docs[..]).or(within), scoring)?;
        found = Some(match found {
            None => part,
            Some(found) => found.narrowed(part),
        });
    }
    let mut found = found.unwrap_or_else(|| List::new(segment.docs(within), scoring.none()));
    for plan in excluded {
        if let Plan::Not(plan) = plan {
            let part = plan.list(segment, Some(&found.docs), Scoring::Never)?;
            found.remove(&part.docs);
        }
    }
    Ok(found)
}
