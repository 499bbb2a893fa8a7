//! Search requests.

use std::fmt;
use std::sync::Arc;

use super::{Days, NodeKind, TextQuery};
use crate::model::{Field, FieldValues, Kind};

/// Selection of entries.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Query; `None` selects all entries that pass the filters.
    pub text: Option<TextQuery>,
    /// Id of an entry: selects entries that share words with it, except its copies.
    pub like: Option<String>,
    /// True if an unknown word matches words within one edit.
    pub fuzzy: bool,
    /// Filters.
    pub filters: Filters,
    /// Content keys of known entries, which are excluded.
    pub known: Option<SeenHashes>,
    /// Notes on the interpretation of ambiguous values and dates.
    pub notes: Vec<String>,
}

/// Content keys of entries: see [`Document::content`](crate::model::Document::content).
#[derive(Clone, PartialEq, Eq)]
pub struct SeenHashes(Arc<[u64]>);

impl SeenHashes {
    /// Creates the set from keys in any order.
    pub fn new(mut contents: Vec<u64>) -> Self {
        contents.sort_unstable();
        Self(contents.into())
    }

    /// Returns all keys, sorted.
    pub fn all(&self) -> &[u64] {
        &self.0
    }

    /// Reports whether the set contains a key.
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
    /// Restricts the selection to the sample: to titles, unless a kind is given, and by the days of digests. With days of
    /// publication, digests at either end of a range would be sampled only in part.
    pub fn as_sampled(&mut self) {
        self.filters.of_digests = true;
        let asks_kind =
            self.text.as_ref().and_then(|text| text.only(|what| matches!(what, NodeKind::Value(Field::Kind, _))));
        if self.filters.get(Field::Kind).is_empty() && asks_kind.is_none() {
            self.filters.set(Field::Kind, vec![Kind::Title.to_string()]);
        }
    }

    /// Returns the selection without words, which is the whole sample.
    pub fn without_words(&self) -> Self {
        let is_field = |what: &NodeKind| !matches!(what, NodeKind::Words(_));
        let text = self.text.as_ref().and_then(|text| text.only(is_field));
        Self { text, filters: self.filters.clone(), ..Self::default() }
    }

    /// Reports whether hits have scores: whether the selection contains words or a similar entry.
    pub fn is_scored(&self) -> bool {
        self.like.is_some() || self.text.as_ref().is_some_and(TextQuery::has_words)
    }
}

/// Handling of matching copies of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Collapse {
    /// One copy is a hit, with the ids of the others.
    #[default]
    Listed,
    /// One copy is a hit, with the number of the others: reading their ids takes as long as reading the hits.
    Counted,
    /// Each copy is a hit.
    Never,
}

/// Request for ranked hits.
#[derive(Debug, Clone, Default)]
pub struct SearchRequest {
    /// Selected entries.
    pub selection: Selection,
    /// Order of hits.
    pub sort: Sort,
    /// Number of hits to skip.
    pub offset: usize,
    /// Maximum number of hits; `None` returns all.
    pub limit: Option<usize>,
    /// Handling of copies.
    pub collapse: Collapse,
    /// Fields to count the matching entries by.
    pub facets: Vec<Field>,
    /// Adds the components of the score to each hit.
    pub explain: bool,
}

/// Filters of entries. A field without values does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Values of fields as typed; values of one field are alternatives.
    pub values: FieldValues,
    /// Ranges of days.
    pub days: Vec<Days>,
    /// True if the days are those of digests, on which entries were sampled, not of publication.
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

/// Order of hits. Ties go to the newest, then to the first id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first; newest first for a query without words.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Newest, Self::Oldest];

    /// Returns the name of the order.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}
