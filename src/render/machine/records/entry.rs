//! Entries and hits as records.

use std::collections::BTreeMap;
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
const LAST: [&str; 3] = ["description", "section", "corpus"];

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
    corpus: Option<&'a str>,
    /// The values of each custom field, if the index has such fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<BTreeMap<&'static str, Vec<&'a str>>>,
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
            corpus: entry.corpus.as_deref(),
            fields: (!entry.fields.of.is_empty()).then(|| entry.fields.iter().collect()),
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
    let hit = move |i: usize| HitFields::new(&hits[i], explain);
    Records::new(&fields, &columns, &["id"], hits.len(), hit).with_custom(answer.fields)
}

/// Returns the requested entries, all of a digest where that was requested.
pub fn entries(answer: &ShowAnswer) -> Records<'_> {
    let entries =
        answer.shown.iter().flat_map(|shown| shown.entry.map_or(&shown.entries[..], |i| &shown.entries[i..=i]));
    let entries: Vec<&Entry> = entries.collect();
    let (fields, columns) = ([&ENTRY[..], &LAST].concat(), [&ENTRY_COLUMNS[..], &LAST].concat());
    let len = entries.len();
    let entry = move |i: usize| EntryFields::new(entries[i]);
    Records::new(&fields, &columns, &["id"], len, entry).with_custom(answer.fields)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Field, RESERVED};
    use crate::render::machine::records::count;

    #[test]
    fn custom_fields_cannot_have_the_name_of_a_column() {
        for name in ENTRY.iter().chain(&HIT).chain(&count::COUNT).chain(&["explanation", "fields"]) {
            assert!(RESERVED.contains(name) || Field::built_in(name).is_some(), "{name}");
        }
    }
}
