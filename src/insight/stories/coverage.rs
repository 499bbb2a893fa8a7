//! The perspectives that have no title of a story, though they were sampled beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Digests;
use super::select::{Grouped, Place};
use super::{Coverage, Missing};
use crate::backend::Catalog;
use crate::insight::Error;
use crate::planning::Reader;
use crate::query::Named;

/// The stories of some coverage.
#[derive(PartialEq, Eq)]
pub enum Covered {
    Any,
    OneSided,
    /// Those that one of the perspectives with these ids has no title of.
    Missing(BTreeSet<String>),
}

impl Covered {
    pub fn of(coverage: &Coverage, reader: &Reader) -> Result<Self, Error> {
        Ok(match coverage {
            Coverage::Any => Self::Any,
            Coverage::OneSided => Self::OneSided,
            Coverage::Missing(perspective) => Self::Missing(reader.perspectives(std::slice::from_ref(perspective))?),
        })
    }

    /// Reports whether a story is one of them.
    pub fn has(&self, place: Place, grouped: &Grouped, catalog: &Catalog) -> bool {
        match self {
            Self::Any => true,
            Self::OneSided | Self::Missing(_) => {
                missing(place, grouped, catalog).iter().any(|missing| self.concerns(&missing.id))
            }
        }
    }

    /// Reports whether a story would be one of them if perspectives that cannot be compared were missing from it.
    pub fn has_not_comparable(&self, place: Place, grouped: &Grouped, catalog: &Catalog) -> bool {
        *self != Self::Any
            && !self.has(place, grouped, catalog)
            && without_title(place, grouped, catalog).any(|perspective| self.concerns(&perspective.id))
    }

    fn concerns(&self, perspective: &str) -> bool {
        !matches!(self, Self::Missing(ids) if !ids.contains(perspective))
    }
}

/// Returns the perspectives of the topic that have no title of a story; none where no perspective is known to have one. One
/// without any title in the language of the story in its digests cannot be compared: nothing is missing there.
pub fn missing((group, story): Place, grouped: &Grouped, catalog: &Catalog) -> Vec<Named> {
    let titles = &grouped.titles;
    let members = grouped.members((group, story));
    let digests = Digests { titles, titled: &titles.groups[group] };
    let is_sampled = |perspective: &Named| {
        let code = titles.perspective_code(&perspective.id);
        code.is_some_and(|code| digests.sampled(&members, code) > 0)
    };
    without_title((group, story), grouped, catalog).filter(is_sampled).collect()
}

/// Returns the perspectives of the topic without a title of a story, whether or not they can be compared.
fn without_title<'a>(place: Place, grouped: &'a Grouped, catalog: &Catalog) -> impl Iterator<Item = Named> + use<'a> {
    let titles = &grouped.titles;
    let members = grouped.members(place);
    let entries = members.iter().flat_map(|title| &title.entries);
    let there: BTreeSet<u32> = entries.filter_map(|entry| titles.perspective(*entry)).collect();
    let all = if there.is_empty() { Vec::new() } else { perspectives(&titles.groups[place.0].topic, catalog) };
    let has =
        move |perspective: &Named| titles.perspective_code(&perspective.id).is_some_and(|code| there.contains(&code));
    all.into_iter().filter(move |perspective| !has(perspective))
}

/// The stories that were shown to be gaps, by place and perspective.
#[derive(Default)]
pub struct Shown(BTreeMap<(Place, String), (f64, f64)>);

impl Shown {
    /// Of pairs of a story and a perspective, by its id, each with its p-value and its q-value.
    pub fn of(gaps: impl Iterator<Item = (Place, String, f64, f64)>) -> Self {
        Self(gaps.map(|(place, perspective, p, q)| ((place, perspective), (p, q))).collect())
    }

    /// Returns the perspectives that have no title of a story, each with the gap that it is.
    pub fn missing(&self, place: Place, grouped: &Grouped, catalog: &Catalog) -> Vec<Missing> {
        let gap = |perspective: &Named| self.0.get(&(place, perspective.id.clone())).copied();
        let missing = missing(place, grouped, catalog).into_iter();
        missing.map(|perspective| Missing { gap: gap(&perspective), perspective, nearest: None }).collect()
    }
}

/// The perspectives of a topic.
pub fn perspectives(topic: &str, catalog: &Catalog) -> Vec<Named> {
    let perspectives = catalog.topics.get(topic).into_iter().flat_map(|topic| &topic.perspectives);
    perspectives.map(|(id, perspective)| Named { id: id.clone(), name: perspective.name.clone() }).collect()
}
