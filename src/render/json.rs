//! Answers as JSON: an envelope with the schema's name and version. Keys are only added within a version; what is not
//! known is null.

mod query;

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::safe::acts;
use super::{Answer, IndexAnswer, ShowAnswer, StatusAnswer};
use crate::engine::UnitCounts;
use crate::ingest::FileNote;
use crate::query::Unit;

const VERSION: u32 = 1;

pub fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    match answer {
        Answer::Index(answer) => envelope("index", &Index::new(answer), out),
        Answer::Query(answer) => envelope("query", &query::Query::new(answer), out),
        Answer::Show(answer) => envelope("show", &Show::new(answer), out),
        Answer::Status(answer) => envelope("status", &Status::new(answer), out),
    }
}

fn envelope(name: &str, body: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        schema: String,
        version: u32,
        #[serde(flatten)]
        body: &'a T,
    }
    let envelope = Envelope { schema: format!("digest-search/{name}"), version: VERSION, body };
    let text = serde_json::to_string_pretty(&envelope)?;
    out.write_all(escaped(&text).as_bytes())?;
    out.write_all(b"\n")
}

/// JSON with escapes for characters that would act on a terminal, which stand in strings only.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\n' => out.push(c),
            c if acts(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[derive(Serialize)]
struct Index<'a> {
    index: String,
    dry_run: bool,
    wrote: bool,
    rebuilt: Option<String>,
    digests: usize,
    added: usize,
    changed: usize,
    removed: usize,
    unchanged: usize,
    skipped: usize,
    not_digests: usize,
    drafts: usize,
    units: Units,
    attribution: &'a BTreeMap<String, usize>,
    warnings: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct Units {
    total: usize,
    #[serde(flatten)]
    kinds: UnitCounts,
}

impl From<UnitCounts> for Units {
    fn from(kinds: UnitCounts) -> Self {
        Self { total: kinds.total(), kinds }
    }
}

#[derive(Serialize)]
struct Note<'a> {
    path: &'a str,
    line: Option<usize>,
    message: &'a str,
    /// Whether the file is not indexed because of it.
    skipped: bool,
}

impl<'a> Index<'a> {
    fn new(answer: &'a IndexAnswer) -> Self {
        let report = &answer.report;
        let note = |skipped| move |n: &'a FileNote| Note { path: &n.path, line: n.line, message: &n.message, skipped };
        Self {
            index: answer.index.display().to_string(),
            dry_run: answer.dry_run,
            wrote: report.wrote,
            rebuilt: report.anew.filter(|_| report.wrote).map(|anew| anew.to_string()),
            digests: report.digests,
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            unchanged: report.unchanged,
            skipped: report.skipped,
            not_digests: report.not_digests,
            drafts: report.drafts,
            units: report.units.into(),
            attribution: &report.attribution,
            warnings: report.left_out.iter().map(note(true)).chain(report.warnings.iter().map(note(false))).collect(),
        }
    }
}

#[derive(Serialize)]
struct UnitFields<'a> {
    id: &'a str,
    kind: &'a str,
    topic: &'a str,
    topic_name: &'a str,
    perspective: Option<&'a str>,
    perspective_name: Option<&'a str>,
    attribution: Option<&'a str>,
    source: Option<&'a str>,
    lang: Option<&'a str>,
    locale: Option<&'a str>,
    date: NaiveDate,
    digest_date: NaiveDate,
    text: &'a str,
    url: Option<&'a str>,
}

impl<'a> UnitFields<'a> {
    fn new(unit: &'a Unit) -> Self {
        Self {
            id: &unit.id,
            kind: unit.kind.as_str(),
            topic: &unit.topic.id,
            topic_name: &unit.topic.name,
            perspective: unit.perspective.as_ref().map(|p| p.id.as_str()),
            perspective_name: unit.perspective.as_ref().map(|p| p.name.as_str()),
            attribution: unit.attribution.as_deref(),
            source: unit.source.as_deref(),
            lang: unit.lang.as_deref(),
            locale: unit.locale.as_deref(),
            date: unit.date,
            digest_date: unit.digest_date,
            text: &unit.text,
            url: unit.url.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Show<'a> {
    ids: &'a [String],
    total: usize,
    results: Vec<UnitFields<'a>>,
    warnings: &'a [String],
}

impl<'a> Show<'a> {
    fn new(answer: &'a ShowAnswer) -> Self {
        let units = answer.shown.iter().flat_map(|shown| shown.unit.map_or(&shown.units[..], |i| &shown.units[i..=i]));
        let results: Vec<UnitFields<'a>> = units.map(UnitFields::new).collect();
        Self { ids: &answer.ids, total: results.len(), results, warnings: &answer.missing }
    }
}

#[derive(Serialize)]
struct Status<'a> {
    index: String,
    corpus: &'a str,
    as_of: Option<NaiveDate>,
    indexed: Option<chrono::DateTime<chrono::Utc>>,
    digests: usize,
    units: Units,
    attribution: &'a BTreeMap<String, usize>,
    topics: Vec<TopicStatus<'a>>,
    stale: Option<bool>,
    difference: Option<DifferenceCounts>,
    warnings: Vec<&'a str>,
}

#[derive(Serialize)]
struct TopicStatus<'a> {
    id: &'a str,
    name: &'a str,
    digests: usize,
    first: NaiveDate,
    last: NaiveDate,
    perspectives: Vec<Side<'a>>,
    missing: &'a [NaiveDate],
}

#[derive(Serialize)]
struct Side<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct DifferenceCounts {
    new: usize,
    changed: usize,
    removed: usize,
    settings: bool,
}

impl<'a> Status<'a> {
    fn new(answer: &'a StatusAnswer) -> Self {
        let catalog = &answer.catalog;
        let topics = catalog.topics.iter().zip(&answer.missing).map(|((id, topic), (_, missing))| TopicStatus {
            id,
            name: &topic.name,
            digests: topic.digests,
            first: topic.first,
            last: topic.last,
            perspectives: topic.perspectives.iter().map(|(id, side)| Side { id, name: &side.name }).collect(),
            missing,
        });
        let difference = answer.difference.as_ref().ok();
        Self {
            index: answer.index.display().to_string(),
            corpus: &catalog.corpus,
            as_of: catalog.as_of,
            indexed: chrono::DateTime::from_timestamp(catalog.started / 1_000_000_000, 0),
            digests: catalog.digests,
            units: catalog.units.into(),
            attribution: &catalog.attribution,
            topics: topics.collect(),
            stale: difference.map(|d| !d.is_none()),
            difference: difference.map(|d| DifferenceCounts {
                new: d.new,
                changed: d.changed,
                removed: d.removed,
                settings: d.settings,
            }),
            warnings: answer.difference.as_ref().err().map(String::as_str).into_iter().collect(),
        }
    }
}
