//! Entries and hits as records.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use super::Records;
use crate::query::{Entry, Hit, Reason};
use crate::render::{QueryAnswer, ShowAnswer};

/// The fields of an entry.
const ENTRY: [&str; 14] = [
    "id",
    "kind",
    "topic",
    "topic_name",
    "perspective",
    "perspective_name",
    "attribution",
    "source",
    "lang",
    "locale",
    "date",
    "digest_date",
    "text",
    "url",
];

/// The last fields of an entry, which follow those of a hit.
const LAST: [&str; 2] = ["description", "section"];

/// The default fields in a table.
const ENTRY_COLUMNS: [&str; 10] =
    ["id", "kind", "topic", "perspective", "source", "lang", "date", "digest_date", "text", "url"];

/// The further fields of a hit.
const HIT: [&str; 3] = ["score", "copies", "marks"];

#[derive(Serialize)]
pub struct EntryFields<'a> {
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
    description: Option<&'a str>,
    section: Option<&'a str>,
}

impl<'a> EntryFields<'a> {
    pub fn new(entry: &'a Entry) -> Self {
        Self {
            id: &entry.id,
            kind: entry.kind.as_str(),
            topic: &entry.topic.id,
            topic_name: &entry.topic.name,
            perspective: entry.perspective.as_ref().map(|p| p.id.as_str()),
            perspective_name: entry.perspective.as_ref().map(|p| p.name.as_str()),
            attribution: entry.attribution.as_deref(),
            source: entry.source.as_deref(),
            lang: entry.lang.as_deref(),
            locale: entry.locale.as_deref(),
            date: entry.date,
            digest_date: entry.digest_date,
            text: &entry.text,
            url: entry.url.as_deref(),
            description: entry.description.as_deref(),
            section: entry.section.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct HitFields<'a> {
    #[serde(flatten)]
    entry: EntryFields<'a>,
    score: Option<f64>,
    copies: &'a [String],
    /// The ranges of matching characters of the text, from 0.
    marks: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<Part<'a>>>,
}

#[derive(Serialize)]
struct Part<'a> {
    words: &'a str,
    how: &'a str,
    score: f64,
}

/// Returns the hits of a query.
pub fn hits(answer: &QueryAnswer) -> Records<'_> {
    let explain = answer.request.explain;
    let explanation = if explain { &["explanation"][..] } else { &[] };
    let fields = [&ENTRY[..], &HIT, explanation, &LAST].concat();
    let columns = [&ENTRY_COLUMNS[..], &HIT[..2], &LAST].concat();
    let hits = &answer.response.hits;
    Records::new(&fields, &columns, &["id"], hits.len(), move |i| HitFields::new(&hits[i], explain))
}

/// Returns the requested entries, all of a digest where that was requested.
pub fn entries(answer: &ShowAnswer) -> Records<'_> {
    let entries =
        answer.shown.iter().flat_map(|shown| shown.entry.map_or(&shown.entries[..], |i| &shown.entries[i..=i]));
    let entries: Vec<&Entry> = entries.collect();
    let (fields, columns) = ([&ENTRY[..], &LAST].concat(), [&ENTRY_COLUMNS[..], &LAST].concat());
    Records::new(&fields, &columns, &["id"], entries.len(), move |i| EntryFields::new(entries[i]))
}

impl<'a> HitFields<'a> {
    fn new(hit: &'a Hit, explain: bool) -> Self {
        debug_assert_eq!(hit.copies, hit.copy_ids.len(), "copies must be listed, not only counted");
        let reason = |r: &'a Reason| Part { words: &r.words, how: r.how.as_str(), score: r.score };
        Self {
            entry: EntryFields::new(&hit.entry),
            score: hit.score,
            copies: &hit.copy_ids,
            marks: in_characters(&hit.entry.text, &hit.marks),
            explanation: explain.then(|| hit.reasons.iter().map(reason).collect()),
        }
    }
}

/// Converts byte ranges of a text, in order, to ranges of characters.
fn in_characters(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let (mut counted, mut characters) = (0, 0);
    let mut count = |end: usize| {
        characters += text[counted..end].chars().count();
        counted = end;
        characters
    };
    ranges.iter().map(|range| [count(range.start), count(range.end)]).collect()
}
