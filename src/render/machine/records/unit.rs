//! Units and hits as records.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use super::Records;
use crate::query::{Hit, Reason, Unit};
use crate::render::{QueryAnswer, ShowAnswer};

/// The fields of a unit.
const UNIT: [&str; 14] = [
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

/// Those in a table.
const UNIT_COLUMNS: [&str; 10] =
    ["id", "kind", "topic", "perspective", "source", "lang", "date", "digest_date", "text", "url"];

/// What a hit has beside.
const HIT: [&str; 3] = ["score", "copies", "marks"];

#[derive(Serialize)]
pub struct UnitFields<'a> {
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
    pub fn new(unit: &'a Unit) -> Self {
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
struct HitFields<'a> {
    #[serde(flatten)]
    unit: UnitFields<'a>,
    score: Option<f64>,
    copies: &'a [String],
    /// Characters of the text, from 0, that match the words.
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

/// The hits of a query.
pub fn hits(answer: &QueryAnswer) -> Records<'_> {
    let explain = answer.request.explain;
    let explanation = if explain { &["explanation"][..] } else { &[] };
    let fields = [&UNIT[..], &HIT, explanation].concat();
    let columns = [&UNIT_COLUMNS[..], &HIT[..2]].concat();
    let hits = &answer.response.hits;
    Records::new(&fields, &columns, &["id"], hits.len(), move |i| HitFields::new(&hits[i], explain))
}

/// The units of digests, or those asked for.
pub fn units(answer: &ShowAnswer) -> Records<'_> {
    let units = answer.shown.iter().flat_map(|shown| shown.unit.map_or(&shown.units[..], |i| &shown.units[i..=i]));
    let units: Vec<&Unit> = units.collect();
    Records::new(&UNIT, &UNIT_COLUMNS, &["id"], units.len(), move |i| UnitFields::new(units[i]))
}

impl<'a> HitFields<'a> {
    fn new(hit: &'a Hit, explain: bool) -> Self {
        debug_assert_eq!(hit.copies, hit.copy_ids.len(), "its copies were only counted");
        let reason = |r: &'a Reason| Part { words: &r.words, how: r.how.as_str(), score: r.score };
        Self {
            unit: UnitFields::new(&hit.unit),
            score: hit.score,
            copies: &hit.copy_ids,
            marks: in_characters(&hit.unit.text, &hit.marks),
            explanation: explain.then(|| hit.reasons.iter().map(reason).collect()),
        }
    }
}

/// Bytes of a text as characters. The ranges are in order.
fn in_characters(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let (mut counted, mut characters) = (0, 0);
    let mut count = |end: usize| {
        characters += text[counted..end].chars().count();
        counted = end;
        characters
    };
    ranges.iter().map(|range| [count(range.start), count(range.end)]).collect()
}
