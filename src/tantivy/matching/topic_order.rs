//! The order of topics, which that of corpora precedes.

use crate::backend::Catalog;

/// The sorted topics and corpora of an index.
pub struct TopicOrder<'a> {
    pub topics: Vec<&'a str>,
    /// None in an index of one corpus.
    pub corpora: Vec<&'a str>,
}

impl<'a> TopicOrder<'a> {
    pub fn of(catalog: &'a Catalog) -> Self {
        Self {
            topics: catalog.topics.keys().map(String::as_str).collect(),
            corpora: catalog.several_corpora().iter().map(|corpus| corpus.id.as_str()).collect(),
        }
    }
}
