//! The summary of an index, which every command reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::path_text;
use crate::model::Field;

/// The summary of an index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The version of the index's form.
    pub version: u32,
    /// Stands for all that decides how a file is indexed, the corpus's own conventions included.
    pub fingerprint: String,
    /// The folder that is indexed.
    #[serde(with = "path_text")]
    pub corpus: PathBuf,
    /// When the run that made this commit began, in nanoseconds since 1970.
    pub started: i64,
    /// The newest digest's day that is not later than the day of the run.
    pub as_of: Option<NaiveDate>,
    /// How many digests there are.
    pub digests: usize,
    /// How many entries there are.
    pub entries: EntryCounts,
    /// How many words all entries have.
    pub words: u64,
    /// How many titles' perspectives are known, by how they are.
    pub attribution: BTreeMap<String, usize>,
    /// The topics by id.
    pub topics: BTreeMap<String, Topic>,
}

/// The entries of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCounts {
    /// Highlights.
    pub highlights: usize,
    /// Bullets.
    pub bullets: usize,
    /// Titles.
    pub titles: usize,
}

impl EntryCounts {
    /// All kinds together.
    pub fn total(&self) -> usize {
        self.highlights + self.bullets + self.titles
    }
}

/// The summary of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name in the newest digest.
    pub name: String,
    /// How many digests it has.
    pub digests: usize,
    /// The first digest's day.
    pub first: NaiveDate,
    /// The last digest's day.
    pub last: NaiveDate,
    /// All names it has had.
    pub names: BTreeSet<String>,
    /// The perspectives by id.
    pub perspectives: BTreeMap<String, Perspective>,
}

/// The summary of a perspective of a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Perspective {
    /// Its name in the newest digest that has it.
    pub name: String,
    /// All names it has had.
    pub names: BTreeSet<String>,
}

impl Catalog {
    /// Returns the ids of a field in all topics, with their names; none of a field without ids.
    pub fn names(&self, field: Field) -> Vec<(&String, &BTreeSet<String>)> {
        let topics = self.topics.iter();
        match field {
            Field::Topic => topics.map(|(id, topic)| (id, &topic.names)).collect(),
            Field::Perspective => {
                let perspectives = topics.flat_map(|(_, topic)| &topic.perspectives);
                perspectives.map(|(id, perspective)| (id, &perspective.names)).collect()
            }
            // Values of other fields have no ids.
            _ => Vec::new(),
        }
    }

    /// Returns the name for people of a field's value; for a perspective, that of the first topic that has it.
    pub fn name<'a>(&'a self, field: Field, value: &'a str) -> &'a str {
        match field {
            Field::Topic => self.topics.get(value).map_or(value, |topic| &topic.name),
            Field::Perspective => {
                let first = self.topics.values().find_map(|topic| topic.perspectives.get(value));
                first.map_or(value, |perspective| &perspective.name)
            }
            _ => value,
        }
    }

    /// The name of a perspective of a topic; its id where it has none.
    pub fn perspective_name<'a>(&'a self, topic: &str, id: &'a str) -> &'a str {
        self.topics.get(topic).and_then(|t| t.perspectives.get(id)).map_or(id, |perspective| &perspective.name)
    }
}

/// What an index that can't be read otherwise still says of itself: the same in every version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Remains {
    /// The folder that is indexed.
    #[serde(with = "path_text")]
    pub corpus: PathBuf,
    /// How many digests there are.
    pub digests: usize,
}
