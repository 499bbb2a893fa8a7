//! Answers which stories there are.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use super::select::{Grouped, Place};
use super::told::{sources, told};
use super::{StoriesRequest, StoriesResponse, StoryOrder};
use crate::engine::Reader;
use crate::insight::Error;

impl StoriesRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<StoriesResponse, Error> {
        let grouped = Grouped::of(&self.selection, reader)?;
        let (mut places, alone): (Vec<Place>, Vec<Place>) =
            grouped.matching().into_iter().partition(|place| grouped.members(*place).len() >= self.min);
        places.sort_by_cached_key(|place| self.key(&grouped, *place));
        let total = places.len();
        places.truncate(self.limit.unwrap_or(total));
        let stories = places.into_iter().map(|place| told(&grouped, place, reader)).collect::<Result<_, _>>()?;
        let total_units = grouped.found.len();
        let suggestions = if total_units == 0 { reader.suggestions(&self.selection)? } else { None };
        let alone = alone.iter().flat_map(|place| grouped.members(*place));
        let alone = alone.filter(|title| grouped.matches(title)).count();
        Ok(StoriesResponse { total, total_units, alone, stories, spellings: grouped.spellings, suggestions })
    }

    /// What puts stories into order. The place stands for the topic, the language and the first title.
    fn key(&self, grouped: &Grouped, place: Place) -> (Reverse<(usize, usize)>, i32, Reverse<NaiveDate>, Place) {
        let titles = grouped.members(place);
        let first = titles.first().map_or_else(NaiveDate::default, |title| title.day);
        let days = first.num_days_from_ce();
        let (size, day) = match self.order {
            StoryOrder::Size => ((sources(grouped, &titles), titles.len()), 0),
            StoryOrder::Newest => ((0, 0), -days),
            StoryOrder::Oldest => ((0, 0), days),
        };
        (Reverse(size), day, Reverse(first), place)
    }
}
