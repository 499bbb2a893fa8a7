//! Answers as JSON: an envelope with the schema's name and version. Keys are only added within a version; what is not
//! known is null.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::safe::acts;
use super::{Answer, IndexAnswer, QueryAnswer, ShowAnswer, StatusAnswer};
use crate::engine::UnitCounts;
use crate::ingest::FileNote;
use crate::query::{Days, Filters, Hit, Spelling, Suggestions, Unit};

const VERSION: u32 = 1;

pub fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    match answer {
        Answer::Index(answer) => envelope("index", &Index::new(answer), out),
        Answer::Query(answer) => envelope("query", &Query::new(answer), out),
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
struct Query<'a> {
    query: Option<&'a str>,
    /// The query with all its parentheses.
    understood: Option<String>,
    like: Option<&'a str>,
    spellings: Vec<Spellings<'a>>,
    suggestions: Option<Suggested<'a>>,
    filters: FilterValues<'a>,
    sort: &'a str,
    offset: usize,
    limit: Option<usize>,
    total: usize,
    total_units: usize,
    results: Vec<Result<'a>>,
    facets: BTreeMap<&'a str, Vec<Value<'a>>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct FilterValues<'a> {
    topic: &'a [String],
    perspective: &'a [String],
    source: &'a [String],
    kind: Vec<&'a str>,
    lang: &'a [String],
    days: Vec<Span>,
}

#[derive(Serialize)]
struct Span {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl<'a> FilterValues<'a> {
    fn new(filters: &'a Filters) -> Self {
        let span = |days: &Days| Span { first: days.first, last: days.last };
        Self {
            topic: &filters.topics,
            perspective: &filters.perspectives,
            source: &filters.sources,
            kind: filters.kinds.iter().map(|k| k.as_str()).collect(),
            lang: &filters.langs,
            days: filters.days.iter().map(span).collect(),
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
struct Result<'a> {
    #[serde(flatten)]
    unit: UnitFields<'a>,
    score: Option<f64>,
    copies: &'a [String],
    /// Characters of the text, from 0, that match the words.
    marks: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<Reason<'a>>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    words: &'a str,
    how: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct Spellings<'a> {
    word: &'a str,
    words: &'a [String],
}

impl<'a> Spellings<'a> {
    fn new(spelling: &'a Spelling) -> Self {
        Self { word: &spelling.typed, words: &spelling.words }
    }
}

#[derive(Serialize)]
struct Suggested<'a> {
    unknown: Vec<Spellings<'a>>,
    any: usize,
    unfiltered: usize,
}

impl<'a> Suggested<'a> {
    fn new(suggestions: &'a Suggestions) -> Self {
        let Suggestions { unknown, any, unfiltered } = suggestions;
        Self { unknown: unknown.iter().map(Spellings::new).collect(), any: *any, unfiltered: *unfiltered }
    }
}

/// Bytes of a text as characters.
fn in_characters(text: &str, ranges: &[std::ops::Range<usize>]) -> Vec<[usize; 2]> {
    let count = |end: usize| text[..end].chars().count();
    ranges.iter().map(|range| [count(range.start), count(range.end)]).collect()
}

#[derive(Serialize)]
struct Value<'a> {
    value: Option<&'a str>,
    name: Option<&'a str>,
    count: usize,
}

impl<'a> Query<'a> {
    fn new(answer: &'a QueryAnswer) -> Self {
        let QueryAnswer { request, response } = answer;
        let hit = |hit: &'a Hit| Result {
            unit: UnitFields::new(&hit.unit),
            score: hit.score,
            copies: &hit.copies,
            marks: in_characters(&hit.unit.text, &hit.marks),
            explanation: request.explain.then(|| {
                let reason =
                    |r: &'a crate::query::Reason| Reason { words: &r.words, how: r.how.as_str(), score: r.score };
                hit.reasons.iter().map(reason).collect()
            }),
        };
        let facets = response.facets.iter().map(|facet| {
            let value = |v: &'a crate::query::FacetValue| Value {
                value: v.value.as_deref(),
                name: v.name.as_deref(),
                count: v.count,
            };
            (facet.field.as_str(), facet.values.iter().map(value).collect())
        });
        Self {
            query: request.text.as_ref().map(|t| t.text.as_str()),
            understood: request.text.as_ref().map(ToString::to_string),
            like: request.like.as_deref(),
            spellings: response.spellings.iter().map(Spellings::new).collect(),
            suggestions: response.suggestions.as_ref().map(Suggested::new),
            filters: FilterValues::new(&request.filters),
            sort: request.sort.as_str(),
            offset: request.offset,
            limit: request.limit,
            total: response.total,
            total_units: response.total_units,
            results: response.hits.iter().map(hit).collect(),
            facets: facets.collect(),
            warnings: Vec::new(),
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
