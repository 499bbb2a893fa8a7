//! Asks a plan for the list of units that match it.

use tantivy::DocId;

use super::{List, Segment};
use crate::engine::plan::{Part, Plan};

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

/// So much more than the least a full score can be: so many times the least, and so many steps.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bonus {
    pub times: f64,
    pub more: u32,
}

impl Bonus {
    /// That of a sum of scores.
    pub fn and(self, other: Self) -> Self {
        Self { times: self.times.max(other.times), more: self.more + other.more }
    }

    /// The least from which a full score can be reached.
    pub fn least(self, full: u32) -> u32 {
        (f64::from(full.saturating_sub(self.more)) / (1.0 + self.times)).floor() as u32
    }
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
        let all = segment.reader.max_doc();
        let (list, also) = match self {
            Self::All(plans, also) => (list_all(plans.iter(), segment, within, scoring)?, &also[..]),
            Self::Any(least, plans, also) => {
                let lists = plans.iter().map(|plan| plan.list(segment, within, scoring));
                (super::list::union(*least, lists.collect::<Result<_, _>>()?, all), &also[..])
            }
            Self::Not(plan) => {
                let mut list = List::new(docs(segment, within), scoring.none());
                list.remove(&plan.list(segment, within, Scoring::Never)?.docs);
                (list, &[][..])
            }
            Self::Words(ways, also) => {
                let lists = ways.iter().map(|way| way.query.list(&segment.reader, within, scoring != Scoring::Never));
                (super::list::union(1, lists.collect::<Result<_, _>>()?, all), &also[..])
            }
            Self::Filter(filter) => (List::new(filter.docs(segment, within)?, scoring.none()), &[][..]),
        };
        if scoring == Scoring::Full { with(list, also, segment) } else { Ok(list) }
    }

    /// How much more than the least a full score can be.
    pub fn bonus(&self) -> Bonus {
        let near = |parts: &[Part]| parts.iter().map(|part| part.query.most()).sum::<u32>();
        match self {
            Self::All(plans, also) | Self::Any(_, plans, also) => {
                let all = plans.iter().map(Self::bonus).fold(Bonus::default(), Bonus::and);
                Bonus { more: all.more + near(also), ..all }
            }
            // The word as it was typed is nowhere more often than in any form.
            Self::Words(ways, also) => {
                let (form, typed) = (ways.first().map_or(0, |way| way.query.most()), near(also));
                let rounding = (ways.len() + also.len()) as u32;
                match form {
                    0 => Bonus { times: 0.0, more: typed + rounding },
                    _ => Bonus { times: f64::from(typed) / f64::from(form), more: rounding },
                }
            }
            Self::Not(_) | Self::Filter(_) => Bonus::default(),
        }
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
    let mut found: Option<List> = None;
    for plan in required {
        let part = plan.list(segment, found.as_ref().map(|list| &list.docs[..]).or(within), scoring)?;
        found = Some(match found {
            None => part,
            Some(found) => found.narrowed(part),
        });
    }
    let mut found = found.unwrap_or_else(|| List::new(docs(segment, within), scoring.none()));
    for plan in excluded {
        if let Plan::Not(plan) = plan {
            let part = plan.list(segment, Some(&found.docs), Scoring::Never)?;
            found.remove(&part.docs);
        }
    }
    Ok(found)
}

/// With the scores of what counts beside.
fn with(mut list: List, also: &[Part], segment: &Segment) -> tantivy::Result<List> {
    for part in also {
        list.add(&part.query.list(&segment.reader, Some(&list.docs), true)?);
    }
    Ok(list)
}

fn docs(segment: &Segment, within: Option<&[DocId]>) -> Vec<DocId> {
    within.map_or_else(|| segment.all(), <[DocId]>::to_vec)
}
