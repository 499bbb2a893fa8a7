//! What matches a request, as JSON.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use super::UnitFields;
use crate::query::{Days, FacetValue, Filters, Hit, Reason, Spelling, Suggestions};
use crate::render::QueryAnswer;

#[derive(Serialize)]
pub struct Query<'a> {
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
    results: Vec<HitFields<'a>>,
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
fn in_characters(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let count = |end: usize| text[..end].chars().count();
    ranges.iter().map(|range| [count(range.start), count(range.end)]).collect()
}

#[derive(Serialize)]
struct Value<'a> {
    value: Option<&'a str>,
    name: Option<&'a str>,
    count: usize,
    /// Without the filter on this field.
    lifted: usize,
    /// Without any filter.
    unfiltered: usize,
}

impl<'a> Query<'a> {
    pub fn new(answer: &'a QueryAnswer) -> Self {
        let QueryAnswer { request, response } = answer;
        let hit = |hit: &'a Hit| HitFields {
            unit: UnitFields::new(&hit.unit),
            score: hit.score,
            copies: &hit.copies,
            marks: in_characters(&hit.unit.text, &hit.marks),
            explanation: request.explain.then(|| {
                let reason = |r: &'a Reason| Part { words: &r.words, how: r.how.as_str(), score: r.score };
                hit.reasons.iter().map(reason).collect()
            }),
        };
        let facets = response.facets.iter().map(|facet| {
            let value = |v: &'a FacetValue| Value {
                value: v.value.as_deref(),
                name: v.name.as_deref(),
                count: v.count,
                lifted: v.lifted,
                unfiltered: v.unfiltered,
            };
            (facet.field.as_str(), facet.values.iter().map(value).collect())
        });
        Self {
            query: request.selection.text.as_ref().map(|t| t.text.as_str()),
            understood: request.selection.text.as_ref().map(ToString::to_string),
            like: request.selection.like.as_deref(),
            spellings: response.spellings.iter().map(Spellings::new).collect(),
            suggestions: response.suggestions.as_ref().map(Suggested::new),
            filters: FilterValues::new(&request.selection.filters),
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
