//! Stories chosen by their titles, for other questions.

use std::collections::HashMap;

use super::answer::key;
use super::coverage::Shown;
use super::select::{Grouped, Place, Scores};
use super::story::story;
use super::{Story, StoryOrder};
use crate::insight::Error;
use crate::planning::Reader;
use crate::query::Selection;

/// The stories with a title that matches.
pub struct ChosenStories {
    grouped: Grouped,
    order: StoryOrder,
}

impl ChosenStories {
    /// Groups the titles of the topics in which a title matches.
    pub fn of(selection: &Selection, reader: &Reader) -> Result<Self, Error> {
        let order = if selection.is_scored() { StoryOrder::Relevance } else { StoryOrder::Size };
        Ok(Self { grouped: Grouped::of(selection, reader)?, order })
    }

    /// Returns the story of each of their titles, by the number of its entry.
    pub fn by_entry(&self) -> HashMap<u64, Place> {
        let entry = |entry: &usize| self.grouped.titles.sample.entries[*entry];
        let titles = self.grouped.matching().into_iter().flat_map(|place| {
            self.grouped
                .members(place)
                .into_iter()
                .flat_map(move |title| title.entries.iter().map(move |at| (entry(at), place)))
        });
        titles.collect()
    }

    /// Returns some of them with all that there is to show: those that match best, or without words the largest.
    pub fn first(&self, mut places: Vec<Place>, limit: usize, reader: &Reader) -> Result<Vec<Story>, Error> {
        let scores = if self.order == StoryOrder::Relevance { self.grouped.scores(reader)? } else { Scores::new() };
        places.sort_by_cached_key(|place| key(self.order, &self.grouped, *place, &scores));
        places.truncate(limit);
        places.into_iter().map(|place| story(&self.grouped, place, &Shown::default(), reader)).collect()
    }
}
