//! Answers which stories there are, and which gaps.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::cluster::OPEN_DAYS;
use super::gaps::{Digests, Standing};
use super::select::Grouped;
use super::titles::{Title, Titled};
use super::{
    Chance, Gap, GapsRequest, GapsResponse, StoriesRequest, StoriesResponse, Story, StoryOrder, StorySide, StoryTitle,
};
use crate::engine::{Catalog, Reader};
use crate::insight::Error;
use crate::insight::statistics::benjamini_hochberg;
use crate::query::Side;

/// Where nothing is a gap, so many that come nearest are given.
const NEAREST: usize = 3;

/// The place of a story.
type Place = (usize, usize);

impl StoriesRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<StoriesResponse, Error> {
        let grouped = Grouped::of(&self.selection, reader)?;
        let (mut places, alone): (Vec<Place>, Vec<Place>) = grouped
            .matching()
            .into_iter()
            .partition(|(group, story)| grouped.members(*group, *story).len() >= self.min);
        places.sort_by_cached_key(|place| self.key(&grouped, *place));
        let total = places.len();
        places.truncate(self.limit.unwrap_or(total));
        let stories = places.into_iter().map(|place| told(&grouped, place, reader)).collect::<Result<_, _>>()?;
        let total_units = grouped.found.len();
        let suggestions = if total_units == 0 { reader.suggestions(&self.selection)? } else { None };
        let alone = alone.iter().flat_map(|(group, story)| grouped.members(*group, *story));
        let alone = alone.filter(|title| grouped.matches(title)).count();
        Ok(StoriesResponse { total, total_units, alone, stories, spellings: grouped.spellings, suggestions })
    }

    /// What puts stories into order. The place stands for the topic, the language and the first title.
    fn key(&self, grouped: &Grouped, place: Place) -> (Reverse<(usize, usize)>, i32, Reverse<NaiveDate>, Place) {
        let titles = grouped.members(place.0, place.1);
        let first = titles.iter().map(|title| title.day).min().unwrap_or_default();
        let days = chrono::Datelike::num_days_from_ce(&first);
        let (size, day) = match self.order {
            StoryOrder::Size => ((sources(grouped, &titles), titles.len()), 0),
            StoryOrder::Newest => ((0, 0), -days),
            StoryOrder::Oldest => ((0, 0), days),
        };
        (Reverse(size), day, Reverse(first), place)
    }
}

impl GapsRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<GapsResponse, Error> {
        let grouped = Grouped::of(&self.selection, reader)?;
        let matching: BTreeSet<Place> = grouped.matching().into_iter().collect();
        let mut response = GapsResponse {
            total: 0,
            total_units: grouped.found.len(),
            gaps: Vec::new(),
            tested: 0,
            too_few: 0,
            not_comparable: Vec::new(),
            spellings: Vec::new(),
            suggestions: None,
        };
        let mut silent: Vec<Silent> = Vec::new();
        let topics: BTreeSet<&str> = grouped.titles.groups.iter().map(|titled| titled.topic.as_str()).collect();
        for topic in topics {
            silent.extend(in_topic(topic, &grouped, reader.catalog(), &mut response));
        }
        silent.retain(|silent| matching.contains(&silent.place));
        silent.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| (a.place, &a.side.id).cmp(&(b.place, &b.side.id))));
        response.total = silent.iter().filter(|silent| silent.q <= self.q).count();
        let shown = if response.total > 0 { response.total } else { silent.len().min(NEAREST) };
        silent.truncate(shown.min(self.limit.unwrap_or(shown)));
        for Silent { place, side, chance, p, q } in silent {
            response.gaps.push(Gap { story: told(&grouped, place, reader)?, side, chance, p, q });
        }
        response.suggestions = if response.total_units == 0 { reader.suggestions(&self.selection)? } else { None };
        Ok(GapsResponse { spellings: grouped.spellings, ..response })
    }
}

/// A side without a title of a story.
struct Silent {
    place: Place,
    side: Side,
    chance: Chance,
    p: f64,
    q: f64,
}

/// The sides of a topic without a title of a story. How many accidents there are is told of the whole topic, whatever is
/// asked for.
fn in_topic(topic: &str, grouped: &Grouped, catalog: &Catalog, response: &mut GapsResponse) -> Vec<Silent> {
    let mut silent = Vec::new();
    let mut all = Vec::new();
    let groups = grouped.titles.groups.iter().enumerate().filter(|(_, titled)| titled.topic == topic);
    for (group, titled) in groups {
        let digests = Digests { titles: &grouped.titles, titled };
        for side in sides(topic, catalog) {
            let code = grouped.titles.side_code(&side.id);
            let Some(code) = code.filter(|code| writes(titled, *code, grouped)) else {
                response.not_comparable.push((topic.to_owned(), side, titled.lang.clone()));
                continue;
            };
            for story in 0..grouped.stories[group].groups.len() {
                match digests.standing(&grouped.members(group, story), code) {
                    Standing::Unknown => {}
                    Standing::TooFew => response.too_few += 1,
                    Standing::Told(_, None) => all.push(1.0),
                    Standing::Told(chance, Some(p)) => {
                        silent.push((all.len(), (group, story), side.clone(), chance));
                        all.push(p);
                    }
                }
            }
        }
    }
    response.tested += all.len();
    let q = benjamini_hochberg(&all);
    let silent = silent.into_iter();
    silent.map(|(at, place, side, chance)| Silent { place, side, chance, p: all[at], q: q[at] }).collect()
}

/// A story with all there is to show of it.
fn told(grouped: &Grouped, (group, story): Place, reader: &Reader) -> Result<Story, Error> {
    let titled = &grouped.titles.groups[group];
    let members = grouped.members(group, story);
    let mut titles = Vec::new();
    for title in &members {
        titles.extend(on_sides(title, grouped, reader)?);
    }
    let stories = &grouped.stories[group];
    let nearness = |title: &&Title| stories.similarity.central(title.wording, &stories.groups[story].centre);
    // The first of those as near.
    let central = members.iter().rev().max_by(|a, b| nearness(a).total_cmp(&nearness(b)));
    let number = |title: &Title| grouped.titles.sample.units[title.units[0]];
    let central = reader.units(&central.map(|title| number(title)).into_iter().collect::<Vec<_>>())?.pop();
    let label = titles.iter().position(|title| Some(&title.unit) == central.as_ref()).unwrap_or_default();
    let catalog = reader.catalog();
    let days = || members.iter().map(|title| title.day);
    let (first, last) = (days().min().unwrap_or_default(), days().max().unwrap_or_default());
    let topic = catalog.topics.get(&titled.topic);
    let window = Days::new(OPEN_DAYS as u64);
    Ok(Story {
        id: titles.first().map(|title| title.unit.id.clone()).unwrap_or_default(),
        topic: Side { id: titled.topic.clone(), name: topic.map_or(&titled.topic, |topic| &topic.name).clone() },
        lang: titled.lang.clone(),
        first,
        last,
        may_begin_before: topic.is_some_and(|topic| first <= topic.first + window),
        may_go_on: topic.is_some_and(|topic| last + window >= topic.last),
        total_titles: members.len(),
        total_sources: sources(grouped, &members),
        sides: told_sides(&titles, &members, titled, grouped, catalog),
        titles,
        label,
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
fn sides(topic: &str, catalog: &Catalog) -> Vec<Side> {
    let sides = catalog.topics.get(topic).into_iter().flat_map(|topic| &topic.perspectives);
    sides.map(|(id, side)| Side { id: id.clone(), name: side.name.clone() }).collect()
}

/// Whether a side has any title of a topic and language.
fn writes(titled: &Titled, side: u32, grouped: &Grouped) -> bool {
    let mut units = titled.titles.iter().flat_map(|title| &title.units);
    units.any(|unit| grouped.titles.side(*unit) == Some(side))
}

/// How many outlets have titles.
fn sources(grouped: &Grouped, titles: &[&Title]) -> usize {
    let units = titles.iter().map(|title| title.units[0]);
    units.map(|unit| grouped.titles.source(unit)).collect::<BTreeSet<_>>().len()
}
