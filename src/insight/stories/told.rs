//! Stories with all that there is to show of them.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::chance::Digests;
use super::cluster::OPEN_DAYS;
use super::select::{Grouped, Place};
use super::titles::{Title, Titled};
use super::{Story, StorySide, StoryTitle};
use crate::backend::Catalog;
use crate::insight::Error;
use crate::planning::Reader;
use crate::query::Side;

/// A story with all there is to show of it.
pub fn told(grouped: &Grouped, (group, story): Place, reader: &Reader) -> Result<Story, Error> {
    let titled = &grouped.titles.groups[group];
    let members = grouped.members((group, story));
    let (mut titles, mut places) = (Vec::new(), Vec::new());
    for title in &members {
        places.push(titles.len());
        titles.extend(on_sides(title, grouped, reader)?);
    }
    let stories = &grouped.stories[group];
    let nearness = |title: &Title| stories.similarity.central(title.wording, &stories.groups[story].centre);
    // The first of those as near.
    let central = members.iter().zip(places).rev().max_by(|a, b| nearness(a.0).total_cmp(&nearness(b.0)));
    let catalog = reader.catalog();
    let day = |title: Option<&&Title>| title.map_or_else(NaiveDate::default, |title| title.day);
    let (first, last) = (day(members.first()), day(members.last()));
    let topic = catalog.topics.get(&titled.topic);
    let window = Days::new(OPEN_DAYS as u64);
    // A digest of the future is most often a slip.
    let of_topic = grouped.titles.groups.iter().filter(|group| group.topic == titled.topic);
    let digests =
        of_topic.flat_map(|group| group.digests.keys()).filter(|day| catalog.as_of.is_none_or(|as_of| **day <= as_of));
    Ok(Story {
        id: titles.first().map(|title| title.unit.id.clone()).unwrap_or_default(),
        topic: Side { id: titled.topic.clone(), name: topic.map_or(&titled.topic, |topic| &topic.name).clone() },
        lang: titled.lang.clone(),
        first,
        last,
        may_begin_before: digests.clone().min().is_some_and(|day| first <= *day + window),
        may_go_on: digests.max().is_some_and(|day| last + window >= *day),
        total_titles: members.len(),
        total_sources: sources(grouped, &members),
        sides: told_sides(&titles, &members, titled, grouped, catalog),
        titles,
        label: central.map_or(0, |(_, place)| place),
    })
}

/// A title once for each side that has it.
fn on_sides(title: &Title, grouped: &Grouped, reader: &Reader) -> Result<Vec<StoryTitle>, Error> {
    let sample = &grouped.titles.sample;
    let numbers: Vec<u64> = title.units.iter().map(|unit| sample.units[*unit]).collect();
    let mut titles: Vec<StoryTitle> = Vec::new();
    for (unit, number) in reader.units(&numbers)?.into_iter().zip(&numbers) {
        let matches = grouped.found.contains(number);
        match titles.iter_mut().find(|title| title.unit.perspective == unit.perspective) {
            Some(title) => {
                title.copies.push(unit.id);
                title.matches |= matches;
            }
            None => titles.push(StoryTitle { unit, copies: Vec::new(), matches }),
        }
    }
    Ok(titles)
}

fn told_sides(
    titles: &[StoryTitle],
    members: &[&Title],
    titled: &Titled,
    grouped: &Grouped,
    catalog: &Catalog,
) -> Vec<StorySide> {
    let digests = Digests { titles: &grouped.titles, titled };
    let of = |side: Option<Side>| {
        let is_of = |title: &&StoryTitle| {
            title.unit.perspective.as_ref().map(|side| &side.id) == side.as_ref().map(|side| &side.id)
        };
        let its = || titles.iter().filter(is_of);
        let sources: BTreeSet<String> = its().filter_map(|title| title.unit.source.clone()).collect();
        let code = side.as_ref().and_then(|side| grouped.titles.side_code(&side.id));
        StorySide {
            titles: its().count(),
            sources: sources.into_iter().collect(),
            sampled: code.map_or(0, |code| digests.sampled(members, code)),
            side,
        }
    };
    let open = of(None);
    let known = sides(&titled.topic, catalog).into_iter().map(|side| of(Some(side)));
    known.chain((open.titles > 0).then_some(open)).collect()
}

/// The sides of a topic.
pub fn sides(topic: &str, catalog: &Catalog) -> Vec<Side> {
    let sides = catalog.topics.get(topic).into_iter().flat_map(|topic| &topic.perspectives);
    sides.map(|(id, side)| Side { id: id.clone(), name: side.name.clone() }).collect()
}

/// Whether a side has any title of a topic and language.
pub fn writes(titled: &Titled, side: u32, grouped: &Grouped) -> bool {
    let mut units = titled.titles.iter().flat_map(|title| &title.units);
    units.any(|unit| grouped.titles.side(*unit) == Some(side))
}

/// How many outlets have titles.
pub fn sources(grouped: &Grouped, titles: &[&Title]) -> usize {
    let units = titles.iter().map(|title| title.units[0]);
    units.map(|unit| grouped.titles.source(unit)).collect::<BTreeSet<_>>().len()
}
