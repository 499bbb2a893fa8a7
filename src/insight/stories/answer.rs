//! Answers which stories there are, in a view of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::chance::Digests;
use super::coverage::{Covered, Shown};
use super::gaps::{Tests, gaps};
use super::select::{Grouped, Place, Scores};
use super::story::{sources, story};
use super::{Coverage, GAP_Q, StoriesFound, StoriesRequest, StoriesResponse, StoriesView, StoryList, StoryOrder};
use crate::insight::Error;
use crate::planning::Reader;
use crate::statistics::wilson;

impl StoriesRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<StoriesResponse, Error> {
        let grouped = Grouped::of(&self.selection, reader)?;
        let (total, found) = match &self.view {
            StoriesView::Stories { coverage, min, order } => {
                let (total, list) = self.stories(&grouped, coverage, *min, *order, reader)?;
                (total, StoriesFound::Stories(list))
            }
            StoriesView::Gaps { q, missing } => {
                let missing = missing.as_ref().map(|missing| reader.perspectives(std::slice::from_ref(missing)));
                let (total, list) = gaps(&grouped, *q, missing.transpose()?.as_ref(), self.limit, reader)?;
                (total, StoriesFound::Gaps(list))
            }
        };
        let total_entries = grouped.found.len();
        let suggestions = if total_entries == 0 { reader.suggestions(&self.selection)? } else { None };
        Ok(StoriesResponse { total, total_entries, found, spellings: grouped.spellings, suggestions })
    }

    fn stories(
        &self,
        grouped: &Grouped,
        coverage: &Coverage,
        min: usize,
        order: StoryOrder,
        reader: &Reader,
    ) -> Result<(usize, StoryList), Error> {
        let (mut places, alone): (Vec<Place>, Vec<Place>) =
            grouped.matching().into_iter().partition(|place| grouped.members(*place).len() >= min);
        let catalog = reader.catalog();
        let covered = Covered::of(coverage, reader)?;
        let not_comparable =
            places.iter().filter(|place| covered.has_not_comparable(**place, grouped, catalog)).count();
        places.retain(|place| covered.has(*place, grouped, catalog));
        // A search that other orders do not need.
        let scores = if order == StoryOrder::Relevance { grouped.scores(reader)? } else { Scores::new() };
        places.sort_by_cached_key(|place| key(order, grouped, *place, &scores));
        let total = places.len();
        let titles = places.iter().flat_map(|place| grouped.members(*place));
        let entries = titles.map(|title| grouped.matching_entries(title)).sum();
        places.truncate(self.limit.unwrap_or(total));
        let (shown, power) = if coverage.is_one_sided() {
            let tests = Tests::of(grouped, GAP_Q, catalog);
            let power = tests.power;
            (tests.shown(), Some(power))
        } else {
            (Shown::default(), None)
        };
        let stories =
            places.into_iter().map(|place| story(grouped, place, &shown, reader)).collect::<Result<_, _>>()?;
        let alone = alone.iter().flat_map(|place| grouped.members(*place));
        let titles_in_no_story = alone.filter(|title| grouped.matches(title)).count();
        Ok((total, StoryList { stories, min, entries, titles_in_no_story, not_comparable, power }))
    }
}

/// The sort key of stories. The place represents the topic, the language and the first title.
pub fn key(order: StoryOrder, grouped: &Grouped, place: Place, scores: &Scores) -> impl Ord + use<> {
    let titles = grouped.members(place);
    let first = titles.first().map_or_else(NaiveDate::default, |title| title.day);
    let days = first.num_days_from_ce();
    let size = (sources(grouped, &titles), titles.len());
    let (relevance, size, day) = match order {
        StoryOrder::Relevance => (grouped.relevance(place, scores), size, 0),
        StoryOrder::Size => (0, size, 0),
        StoryOrder::Share => (share(grouped, place), size, 0),
        StoryOrder::Newest => (0, (0, 0), -days),
        StoryOrder::Oldest => (0, (0, 0), days),
    };
    (Reverse(relevance), Reverse(size), day, Reverse(first), place)
}

/// Returns the share of a perspective's sampled sources that have a story, in millionths: that of the perspective with the
/// largest one. It is the lower end of the interval, since of one or two sources all have it easily.
fn share(grouped: &Grouped, (group, story): Place) -> u64 {
    let titles = &grouped.titles;
    let members = grouped.members((group, story));
    let digests = Digests { titles, titled: &titles.groups[group] };
    let mut sources: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for entry in members.iter().flat_map(|title| &title.entries) {
        if let Some(perspective) = titles.perspective(*entry) {
            sources.entry(perspective).or_default().insert(titles.source(*entry));
        }
    }
    let low = |(perspective, sources): (&u32, &BTreeSet<u32>)| {
        wilson(sources.len(), digests.sampled(&members, *perspective)).0
    };
    (sources.iter().map(low).fold(0.0, f64::max) * 1e6).round() as u64
}
