//! The question.

use std::fmt;
use std::sync::Arc;

use super::{Days, NodeKind, TextQuery};
use crate::model::{Field, FieldValues, Kind};

/// Which entries are meant.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The words; without them everything that passes the filters matches.
    pub text: Option<TextQuery>,
    /// The id of an entry: those that share words with it match, copies of it do not.
    pub like: Option<String>,
    /// Whether a word that no entry has stands for words within one edit.
    pub fuzzy: bool,
    /// What an entry must be.
    pub filters: Filters,
    /// Contents that are known: entries that say nothing else don't match.
    pub known: Option<SeenHashes>,
    /// How values and dates were read that could be read in another way.
    pub notes: Vec<String>,
}

/// Contents of entries, as [`Document::content`](crate::model::Document::content) has them.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenHashes(Arc<[u64]>);

impl SeenHashes {
    /// In any order.
    pub fn new(mut contents: Vec<u64>) -> Self {
        contents.sort_unstable();
        Self(contents.into())
    }

    /// Whether a content is known.
    pub fn has(&self, content: u64) -> bool {
        self.0.binary_search(&content).is_ok()
    }
}

impl fmt::Debug for SeenHashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} contents", self.0.len())
    }
}

impl Selection {
    /// Of what is sampled: of titles, where no kind is asked for, and of the days on which they were taken in. By days of
    /// publication, a digest at either end would be in the sample in part: more of a perspective that writes late.
    pub fn as_sampled(&mut self) {
        self.filters.of_digests = true;
        let asks_kind =
            self.text.as_ref().and_then(|text| text.only(|what| matches!(what, NodeKind::Value(Field::Kind, _))));
        if self.filters.get(Field::Kind).is_empty() && asks_kind.is_none() {
            self.filters.set(Field::Kind, vec![Kind::Title.to_string()]);
        }
    }

    /// The same without its words: what was sampled, whatever it says.
    pub fn without_words(&self) -> Self {
        let is_field = |what: &NodeKind| !matches!(what, NodeKind::Words(_));
        let text = self.text.as_ref().and_then(|text| text.only(is_field));
        Self { text, filters: self.filters.clone(), ..Self::default() }
    }

    /// Whether hits have scores: it asks for words, and not only for what entries are.
    pub fn is_scored(&self) -> bool {
        self.like.is_some() || self.text.as_ref().is_some_and(TextQuery::has_words)
    }
}

/// What becomes of copies of an article that match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Collapse {
    /// One is a hit, and has the ids of the others.
    #[default]
    Listed,
    /// One is a hit, and it is told how many others there are: their ids take as long to read as the hits.
    Counted,
    /// All are hits of their own.
    Never,
}

/// Hits to be ranked and shown.
#[derive(Debug, Clone, Default)]
pub struct SearchRequest {
    /// Which entries.
    pub selection: Selection,
    /// Which hits come first.
    pub sort: Sort,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give; all without it.
    pub limit: Option<usize>,
    /// What becomes of copies of an article.
    pub collapse: Collapse,
    /// The fields to count the matching entries by.
    pub facets: Vec<Field>,
    /// Whether to tell what each hit's score is made of.
    pub explain: bool,
}

/// Filters of entries. A field without values lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// The values of fields as they were typed; those of one field are alternatives.
    pub values: FieldValues,
    /// Spans of days.
    pub days: Vec<Days>,
    /// Whether the days are those of digests, on which entries were sampled, and not of publication.
    pub of_digests: bool,
}

impl Filters {
    /// Returns the values of a field.
    pub fn get(&self, field: Field) -> &[String] {
        self.values.get(field)
    }

    /// Replaces the values of a field.
    pub fn set(&mut self, field: Field, values: Vec<String>) {
        self.values.set(field, values);
    }

    /// Returns the filters with other values of a field.
    pub fn with(mut self, field: Field, values: Vec<String>) -> Self {
        self.set(field, values);
        self
    }

    /// Returns the kinds.
    pub fn kinds(&self) -> Vec<Kind> {
        self.get(Field::Kind).iter().filter_map(|kind| kind.parse().ok()).collect()
    }
}

/// Which hits come first. Ties go to the newest, then to the first id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best match first; the newest first where there are no words.
    #[default]
    Relevance,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Newest, Self::Oldest];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}
