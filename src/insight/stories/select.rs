//! All stories of the topics in which a title matches, and which of them have it.

use std::collections::{HashMap, HashSet};

use super::cluster::{CUT, Dated, cluster};
use super::similarity::Similarity;
use super::titles::{Title, Titled, Titles};
use crate::insight::Error;
use crate::model::{Field, Kind};
use crate::planning::Reader;
use crate::query::{Dimension, Key, Sample, Selection, Spelling};

/// The place of a story: of its topic and language, and among the stories of these.
pub type Place = (usize, usize);

/// The number of entries with a score; the scores of other matches are too low to put a story first.
const SCORED: usize = 1000;

/// The scores of the best entries, by their numbers, in thousandths.
pub type Scores = HashMap<u64, u32>;

/// The stories of topics.
pub struct Grouped {
    pub titles: Titles,
    /// Those of each topic and language, in the order of the titles' groups.
    pub stories: Vec<Stories>,
    /// The titles to select.
    selection: Selection,
    /// The entries that match.
    pub found: HashSet<u64>,
    pub spellings: Vec<Spelling>,
}

/// The stories of a topic in a language.
pub struct Stories {
    pub similarity: Similarity,
    /// The places of the titles of each, in order.
    pub groups: Vec<Vec<usize>>,
}

impl Grouped {
    pub fn of(selection: &Selection, reader: &Reader) -> Result<Self, Error> {
        if let Some(kind) = selection.filters.kinds().into_iter().find(|kind| *kind != Kind::Title) {
            return Err(Error::NoTitles { kind });
        }
        let mut selection = selection.clone();
        selection.filters.set(Field::Kind, vec![Kind::Title.to_string()]);
        let found = reader.sample(&selection, &[Dimension::Facet(Field::Topic)])?;
        let titles = Titles::of(topics(&found), reader)?;
        let stories = titles.groups.iter().map(|titled| Stories::new(titled, CUT)).collect();
        let spellings = found.spellings;
        Ok(Self { titles, stories, selection, found: found.entries.into_iter().collect(), spellings })
    }

    /// The titles of a story.
    pub fn members(&self, (group, story): Place) -> Vec<&Title> {
        let titles = &self.titles.groups[group].titles;
        self.stories[group].groups[story].iter().map(|title| &titles[*title]).collect()
    }

    /// Returns the scores of the titles that match best; none without words.
    pub fn scores(&self, reader: &Reader) -> Result<Scores, Error> {
        Ok(reader.scores(&self.selection, SCORED)?)
    }

    /// Returns how well the titles of a story match: the sum of their scores. A title has that of its best copy.
    pub fn relevance(&self, place: Place, scores: &Scores) -> u64 {
        let score = |entry: &usize| scores.get(&self.titles.sample.entries[*entry]).copied().unwrap_or_default();
        let best = |title: &Title| title.entries.iter().map(score).max().unwrap_or_default();
        self.members(place).into_iter().map(|title| u64::from(best(title))).sum()
    }

    /// Reports whether a title is what was asked for.
    pub fn matches(&self, title: &Title) -> bool {
        self.matching_entries(title) > 0
    }

    /// Returns the number of entries with a title that are what was asked for.
    pub fn matching_entries(&self, title: &Title) -> usize {
        title.entries.iter().filter(|entry| self.found.contains(&self.titles.sample.entries[**entry])).count()
    }

    /// The places of all stories that match.
    pub fn matching(&self) -> Vec<Place> {
        let places = self.stories.iter().enumerate();
        let places = places.flat_map(|(group, stories)| (0..stories.groups.len()).map(move |story| (group, story)));
        places.filter(|place| self.members(*place).iter().any(|title| self.matches(title))).collect()
    }
}

impl Stories {
    pub fn new(titled: &Titled, cut: u64) -> Self {
        let similarity = Similarity::new(&titled.wordings);
        let dated = |title: &Title| Dated {
            day: title.day,
            wording: title.wording,
            source: title.source,
            is_standing: titled.standing[title.wording],
        };
        let dated: Vec<Dated> = titled.titles.iter().map(dated).collect();
        Self { groups: cluster(&dated, &similarity, cut), similarity }
    }
}

/// The topics that a sample has entries of.
fn topics(sample: &Sample) -> Vec<String> {
    sample.columns[0].keys.iter().cloned().filter_map(Key::into_value).collect()
}
