//! The content of an index, as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::entries::Entries;
use super::rows::Rows;
use crate::backend::{Corpus, Health};
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
    cluster: Option<Cluster<'a>>,
}

#[derive(Serialize)]
struct Cluster<'a> {
    version: &'a str,
    status: &'a str,
    nodes: usize,
    shards: usize,
    unassigned: usize,
    bytes: u64,
    superseded: usize,
    writer: Option<String>,
    milliseconds: f64,
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
            cluster: answer.health.as_ref().map(Cluster::new),
            notes: answer.difference.as_ref().err().map(String::as_str).into_iter().collect(),
        }
    }
}

impl<'a> Cluster<'a> {
    fn new(health: &'a Health) -> Self {
        Self {
            version: &health.version,
            status: &health.status,
            nodes: health.nodes,
            shards: health.shards,
            unassigned: health.unassigned,
            bytes: health.bytes,
            superseded: health.superseded,
            writer: health.writer.as_ref().map(ToString::to_string),
            milliseconds: (health.question.as_secs_f64() * 1e4).round() / 10.0,
        }
    }
}

impl<'a> CorpusFields<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        Self { id: &corpus.id, name: &corpus.name, folder: corpus.path.to_string_lossy() }
    }
}
