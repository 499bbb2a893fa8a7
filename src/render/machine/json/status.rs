//! The content of an index, as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::entries::Entries;
use super::rows::Rows;
use crate::backend::Corpus;
use crate::model::CustomFields;
use crate::render::StatusAnswer;

#[derive(Serialize)]
pub struct Status<'a> {
    index: String,
    corpus: Cow<'a, str>,
    as_of: Option<NaiveDate>,
    indexed: Option<chrono::DateTime<chrono::Utc>>,
    digests: usize,
    entries: Entries,
    attribution: &'a BTreeMap<String, usize>,
    topics: Rows<'a>,
    stale: Option<bool>,
    difference: Option<DifferenceCounts>,
    notes: Vec<&'a str>,
    /// The names of the custom fields.
    fields: CustomFields,
    corpora: Vec<CorpusFields<'a>>,
}

#[derive(Serialize)]
struct CorpusFields<'a> {
    id: &'a str,
    name: &'a str,
    folder: Cow<'a, str>,
}

#[derive(Serialize)]
struct DifferenceCounts {
    new: usize,
    changed: usize,
    removed: usize,
    settings: bool,
}

impl<'a> Status<'a> {
    pub fn new(answer: &'a StatusAnswer, topics: Rows<'a>) -> Self {
        let catalog = &answer.catalog;
        let difference = answer.difference.as_ref().ok();
        Self {
            index: answer.index.display().to_string(),
            corpus: catalog.corpus.to_string_lossy(),
            as_of: catalog.as_of,
            indexed: chrono::DateTime::from_timestamp(catalog.started / 1_000_000_000, 0),
            digests: catalog.digests,
            entries: catalog.entries.into(),
            attribution: &catalog.attribution,
            topics,
            stale: difference.map(|d| !d.is_none()),
            difference: difference.map(|d| DifferenceCounts {
                new: d.new,
                changed: d.changed,
                removed: d.removed,
                settings: d.settings,
            }),
            fields: catalog.fields,
            corpora: catalog.corpora.iter().map(CorpusFields::new).collect(),
            notes: answer.difference.as_ref().err().map(String::as_str).into_iter().collect(),
        }
    }
}

impl<'a> CorpusFields<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        Self { id: &corpus.id, name: &corpus.name, folder: corpus.path.to_string_lossy() }
    }
}
