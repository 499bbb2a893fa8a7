//! What only adds to a score: how much that can be, and how much it is.

use super::evaluate::{Scoring, list_all};
use super::{List, Segment};
use crate::engine::plan::{Part, Plan};

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

impl Plan {
    /// How much more than the least a full score can be.
    pub fn bonus(&self) -> Bonus {
        let near = |parts: &[Part]| parts.iter().map(|part| part.query.most()).sum::<u32>();
        match self {
            Self::All(plans, also) | Self::Any(_, plans, also) => {
                let all = plans.iter().map(Self::bonus).fold(Bonus::default(), Bonus::and);
                Bonus { more: all.more + near(also), ..all }
            }
            Self::Words(ways, also) => {
                let (form, typed) = (ways.first().map_or(0, |way| way.query.most()), near(also));
                let rounding = (ways.len() + also.len()) as u32;
                // A word as it was typed is nowhere more often than in any form. Of words of several scripts that need
                // not be so; and where the typed one is worth more, rounding would be worth more, too.
                let is_part = typed <= form && also.iter().all(|part| part.query.is_word());
                match is_part && form > 0 {
                    true => Bonus { times: f64::from(typed) / f64::from(form), more: rounding },
                    false => Bonus { times: 0.0, more: typed + rounding },
                }
            }
            Self::Not(_) | Self::Filter(_) => Bonus::default(),
        }
    }

    /// Takes note of all parts that only add to the score of a unit, if none is found in a unit that it adds nothing to.
    /// `matches`: whether all units in question match the plan.
    fn additions<'a>(&'a self, matches: bool, out: &mut Vec<&'a Part>) -> bool {
        let (plans, also, is_sound) = match self {
            Self::All(plans, also) => (&plans[..], &also[..], matches),
            // Words that are near each other are two of those of which one will do.
            Self::Any(least, plans, also) => (&plans[..], &also[..], matches || *least == 1),
            // A word as it was typed is one of its forms.
            Self::Words(_, also) => (&[][..], &also[..], matches || also.iter().all(|part| part.query.is_word())),
            Self::Not(_) | Self::Filter(_) => return true,
        };
        out.extend(also);
        let matches = matches && matches!(self, Self::All(..));
        is_sound && plans.iter().all(|plan| plan.additions(matches, out))
    }
}

/// Makes full scores of the least ones that units of a segment have which match all of some plans.
pub fn completed(plans: &[Plan], segment: &Segment, least: List) -> tantivy::Result<List> {
    let mut also = Vec::new();
    match plans.iter().all(|plan| plan.additions(true, &mut also)) {
        true => with(least, also, segment),
        false => list_all(plans.iter(), segment, Some(&least.docs), Scoring::Full),
    }
}

/// With the scores of what counts beside.
pub fn with<'a>(mut list: List, also: impl IntoIterator<Item = &'a Part>, segment: &Segment) -> tantivy::Result<List> {
    for part in also {
        list.add(&part.query.list(segment, Some(&list.docs), true)?);
    }
    Ok(list)
}
