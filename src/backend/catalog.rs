//! The catalog: the summary of an index, which every command reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::path_text;
use crate::model::{CustomFields, Field};

/// The summary of an index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The version of the index format.
    pub version: u32,
    /// A fingerprint of everything that determines how a file is indexed, the corpus's conventions included.
    pub fingerprint: String,
    /// The indexed folder; of several corpora the first.
    #[serde(with = "path_text")]
    pub corpus: PathBuf,
    /// The corpora, sorted by id.
    #[serde(default)]
    pub corpora: Vec<Corpus>,
    /// Start of the run that made this commit, in nanoseconds since 1970.
    pub started: i64,
    /// The newest digest's date not after the day of the run.
    pub as_of: Option<NaiveDate>,
    /// Number of digests.
    pub digests: usize,
    /// Number of entries.
    pub entries: EntryCounts,
    /// Number of words in all entries.
    pub words: u64,
    /// Numbers of titles by the attribution of their perspective.
    pub attribution: BTreeMap<String, usize>,
    /// The topics by id.
    pub topics: BTreeMap<String, Topic>,
    /// True if any digest has a variant.
    pub has_variants: bool,
    /// The custom fields.
    #[serde(default)]
    pub fields: CustomFields,
}

/// A folder of digests in an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corpus {
    /// Its id: the name in lower case, with hyphens.
    pub id: String,
    /// Its name, as given or the name of the folder.
    pub name: String,
    /// The folder.
    #[serde(with = "path_text")]
    pub path: PathBuf,
}

/// Numbers of entries by kind.
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
    /// Returns the sum of all kinds.
    pub fn total(&self) -> usize {
        self.highlights + self.bullets + self.titles
    }
}

/// The summary of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name in the newest digest.
    pub name: String,
    /// Number of digests.
    pub digests: usize,
    /// Date of the first digest.
    pub first: NaiveDate,
    /// Date of the last digest.
    pub last: NaiveDate,
    /// All names in its digests.
    pub names: BTreeSet<String>,
    /// The perspectives by id.
    pub perspectives: BTreeMap<String, Perspective>,
}

/// The summary of a perspective of a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Perspective {
    /// Its name in the newest digest that has it.
    pub name: String,
    /// All names in its digests.
    pub names: BTreeSet<String>,
}

impl Catalog {
    /// Reports whether a topic has perspectives.
    pub fn has_perspectives(&self) -> bool {
        self.topics.values().any(|topic| !topic.perspectives.is_empty())
    }

    /// Reports whether there are several corpora, so that ids and paths begin with one.
    pub fn has_corpora(&self) -> bool {
        self.corpora.len() > 1
    }

    /// Returns the corpora, if there are several.
    pub fn several_corpora(&self) -> &[Corpus] {
        if self.has_corpora() { &self.corpora } else { &[] }
    }

    /// Returns the ids of a field in all topics, with their names; none of a field without ids.
    pub fn names(&self, field: Field) -> Vec<(&str, Vec<&str>)> {
        let topics = self.topics.iter();
        match field {
            Field::Topic => topics.map(|(id, topic)| (id.as_str(), texts(&topic.names))).collect(),
            Field::Perspective => {
                let perspectives = topics.flat_map(|(_, topic)| &topic.perspectives);
                perspectives.map(|(id, perspective)| (id.as_str(), texts(&perspective.names))).collect()
            }
            Field::Corpus => self.several_corpora().iter().map(|corpus| (&*corpus.id, vec![&*corpus.name])).collect(),
            // Values of other fields have no ids.
            _ => Vec::new(),
        }
    }

    /// Returns the display name of a field's value; for a perspective, the one in the first topic that has it.
    pub fn name<'a>(&'a self, field: Field, value: &'a str) -> &'a str {
        match field {
            Field::Topic => self.topics.get(value).map_or(value, |topic| &topic.name),
            Field::Perspective => {
                let first = self.topics.values().find_map(|topic| topic.perspectives.get(value));
                first.map_or(value, |perspective| &perspective.name)
            }
            Field::Corpus => {
                let corpus = self.corpora.iter().find(|corpus| corpus.id == value);
                corpus.map_or(value, |corpus| &corpus.name)
            }
            _ => value,
        }
    }

    /// Returns the name of a perspective of a topic; its id if it has no name.
    pub fn perspective_name<'a>(&'a self, topic: &str, id: &'a str) -> &'a str {
        self.topics.get(topic).and_then(|t| t.perspectives.get(id)).map_or(id, |perspective| &perspective.name)
    }
}

fn texts(names: &BTreeSet<String>) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// The part of the catalog that is the same in every version of the format.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PartialCatalog {
    /// The indexed folder; of several corpora the first.
    #[serde(with = "path_text")]
    pub corpus: PathBuf,
    /// The corpora; none of an index of a version that knows only one.
    #[serde(default)]
    pub corpora: Vec<Corpus>,
    /// Number of digests.
    pub digests: usize,
}

impl PartialCatalog {
    /// Returns the indexed folders.
    pub fn folders(&self) -> Vec<&Path> {
        match self.corpora.is_empty() {
            true => vec![&self.corpus],
            false => self.corpora.iter().map(|corpus| &*corpus.path).collect(),
        }
    }
}

impl From<&Catalog> for PartialCatalog {
    fn from(catalog: &Catalog) -> Self {
        Self { corpus: catalog.corpus.clone(), corpora: catalog.corpora.clone(), digests: catalog.digests }
    }
}
