//! Stories with all that there is to show of them.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::chance::Digests;
use super::coverage::{Shown, perspectives};
use super::nearest::nearest;
use super::neighbours::WINDOW_DAYS;
use super::select::{Grouped, Place};
use super::titles::{Title, Titled};
use super::{Story, StoryPerspective, StoryTitle};
use crate::backend::Catalog;
use crate::insight::Error;
use crate::planning::Reader;
use crate::query::Named;

/// A story with all there is to show of it.
pub fn story(grouped: &Grouped, (group, story): Place, shown: &Shown, reader: &Reader) -> Result<Story, Error> {
    let titled = &grouped.titles.groups[group];
    let members = grouped.members((group, story));
    let (mut titles, mut places) = (Vec::new(), Vec::new());
    for title in &members {
        places.push(titles.len());
        titles.extend(on_perspectives(title, grouped, reader)?);
    }
    let wordings: Vec<usize> = members.iter().map(|title| title.wording).collect();
    let central = grouped.stories[group].similarity.most_central(&wordings);
    let catalog = reader.catalog();
    let day = |title: Option<&&Title>| title.map_or_else(NaiveDate::default, |title| title.day);
    let (first, last) = (day(members.first()), day(members.last()));
    let topic = catalog.topics.get(&titled.topic);
    let window = Days::new(WINDOW_DAYS as u64);
    // A digest of the future is most often a slip.
    let of_topic = grouped.titles.groups.iter().filter(|group| group.topic == titled.topic);
    let digests =
        of_topic.flat_map(|group| group.digests.keys()).filter(|day| catalog.as_of.is_none_or(|as_of| **day <= as_of));
    let mut missing = shown.missing((group, story), grouped, catalog);
    for missing in &mut missing {
        missing.nearest = nearest((group, story), &missing.perspective.id, grouped, reader)?;
    }
    Ok(Story {
        id: titles.first().map(|title| title.entry.id.clone()).unwrap_or_default(),
        topic: Named { id: titled.topic.clone(), name: topic.map_or(&titled.topic, |topic| &topic.name).clone() },
        lang: titled.lang.clone(),
        first,
        last,
        may_begin_before: digests.clone().min().is_some_and(|day| first <= *day + window),
        may_go_on: digests.max().is_some_and(|day| last + window >= *day),
        total_titles: members.len(),
        total_sources: sources(grouped, &members),
        perspectives: by_perspective(&titles, &members, titled, grouped, catalog),
        titles,
        missing,
        label: places.get(central).copied().unwrap_or_default(),
    })
}

/// A title once for each perspective that has it.
fn on_perspectives(title: &Title, grouped: &Grouped, reader: &Reader) -> Result<Vec<StoryTitle>, Error> {
    let sample = &grouped.titles.sample;
    let numbers: Vec<u64> = title.entries.iter().map(|entry| sample.entries[*entry]).collect();
    let mut titles: Vec<StoryTitle> = Vec::new();
    for (entry, number) in reader.entries(&numbers)?.into_iter().zip(&numbers) {
        let matches = grouped.found.contains(number);
        match titles.iter_mut().find(|title| title.entry.perspective == entry.perspective) {
            Some(title) => {
                title.copies.push(entry.id);
                title.matches |= matches;
            }
            None => titles.push(StoryTitle { entry, copies: Vec::new(), matches }),
        }
    }
    Ok(titles)
}

fn by_perspective(
    titles: &[StoryTitle],
    members: &[&Title],
    titled: &Titled,
    grouped: &Grouped,
    catalog: &Catalog,
) -> Vec<StoryPerspective> {
    let digests = Digests { titles: &grouped.titles, titled };
    let of = |perspective: Option<Named>| {
        let is_of = |title: &&StoryTitle| {
            title.entry.perspective.as_ref().map(|perspective| &perspective.id)
                == perspective.as_ref().map(|perspective| &perspective.id)
        };
        let its = || titles.iter().filter(is_of);
        let sources: BTreeSet<String> = its().filter_map(|title| title.entry.source.clone()).collect();
        let code = perspective.as_ref().and_then(|perspective| grouped.titles.perspective_code(&perspective.id));
        StoryPerspective {
            titles: its().count(),
            sources: sources.into_iter().collect(),
            sampled: code.map_or(0, |code| digests.sampled(members, code)),
            perspective,
        }
    };
    let open = of(None);
    let known = perspectives(&titled.topic, catalog).into_iter().map(|perspective| of(Some(perspective)));
    known.chain((open.titles > 0).then_some(open)).collect()
}

/// Reports whether a perspective has any title of a topic and language.
pub fn writes(titled: &Titled, perspective: u32, grouped: &Grouped) -> bool {
    let mut entries = titled.titles.iter().flat_map(|title| &title.entries);
    entries.any(|entry| grouped.titles.perspective(*entry) == Some(perspective))
}

/// Returns the number of sources of titles.
pub fn sources(grouped: &Grouped, titles: &[&Title]) -> usize {
    let entries = titles.iter().map(|title| title.entries[0]);
    entries.map(|entry| grouped.titles.source(entry)).collect::<BTreeSet<_>>().len()
}
