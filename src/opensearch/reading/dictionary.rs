//! Look-ups in the dictionary: one search of size 0 answers a batch of them. Frequencies count visible entries only.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::pattern;
use crate::backend::{Handle, Lookup, Terms};
use crate::opensearch::layout;

/// The largest number of terms that a look-up returns; OpenSearch's limit of buckets is a little above.
const MAX_TERMS: usize = 65_000;

/// The longest pattern; `index.max_regex_length` of the indices.
const MAX_PATTERN: usize = 32_768;

/// The terms of a look-up, and the field that has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerms {
    /// Name of the field.
    pub field: String,
    /// The terms.
    pub terms: BTreeSet<String>,
}

/// Returns the terms of a look-up in a tree.
///
/// # Panics
/// Another backend answered the look-up.
pub fn found(terms: &Terms) -> &FieldTerms {
    terms.handle.downcast_ref().expect("a look-up of this backend")
}

/// Returns the search that answers look-ups.
pub fn search(questions: &[Lookup<'_>], visible: &Value) -> Value {
    let mut aggregations = Map::new();
    for (at, question) in questions.iter().enumerate() {
        let aggregation = match *question {
            Lookup::Terms(stream, terms) => frequencies(layout::words(stream), terms),
            Lookup::Values(field, form, values) => frequencies(&layout::values(field, form), values),
            Lookup::Prefix(stream, prefix) => {
                let (field, include) = (layout::words(stream), pattern::with_prefix(prefix));
                listed(json!({ "prefix": { field: prefix } }), field, &include)
            }
            Lookup::Spellings(stream, word, edits) => {
                let field = layout::words(stream);
                let near = json!({ "fuzzy": { field: {
                    "value": word, "fuzziness": edits, "prefix_length": 0, "transpositions": true, "rewrite": "constant_score",
                } } });
                listed(near, field, &near_pattern(word, edits))
            }
        };
        aggregations.insert(format!("q{at}"), aggregation);
    }
    json!({ "size": 0, "query": { "bool": { "filter": [visible] } }, "aggs": aggregations })
}

/// Returns the results of look-ups from the answer of their search.
pub fn answers(questions: &[Lookup<'_>], aggregations: &Value) -> Vec<Terms> {
    let answer = |(at, question): (usize, &Lookup<'_>)| {
        let found = &aggregations[format!("q{at}")];
        let count = |bucket: &Value| bucket["doc_count"].as_u64().unwrap_or_default();
        let buckets = |found: &Value| found["buckets"].as_array().cloned().unwrap_or_default();
        let (field, terms, frequency, is_listed) = match *question {
            Lookup::Terms(stream, terms) => {
                (layout::words(stream).to_owned(), terms.clone(), buckets(found).iter().map(count).sum(), false)
            }
            Lookup::Values(field, form, values) => {
                (layout::values(field, form), values.clone(), buckets(found).iter().map(count).sum(), false)
            }
            Lookup::Prefix(stream, _) | Lookup::Spellings(stream, ..) => {
                let buckets = buckets(&found["terms"]);
                let terms = buckets.iter().filter_map(|bucket| bucket["key"].as_str().map(str::to_owned)).collect();
                (layout::words(stream).to_owned(), terms, buckets.iter().map(count).sum(), true)
            }
        };
        let words = if is_listed { terms.clone() } else { BTreeSet::new() };
        let handle: Handle = Arc::new(FieldTerms { field, terms });
        Terms { words, frequency, handle }
    };
    questions.iter().enumerate().map(answer).collect()
}

/// Returns the aggregation of the frequency of each term.
fn frequencies(field: &str, terms: &BTreeSet<String>) -> Value {
    let filters: Vec<Value> = terms.iter().map(|term| json!({ "term": { field: term } })).collect();
    // An aggregation needs a filter.
    match filters.is_empty() {
        true => json!({ "filters": { "filters": [{ "match_none": {} }] } }),
        false => json!({ "filters": { "filters": filters } }),
    }
}

/// Returns the aggregation of the terms that match a pattern, and their frequencies.
fn listed(filter: Value, field: &str, include: &str) -> Value {
    let terms = json!({ "terms": {
        "field": field, "include": include, "size": MAX_TERMS, "shard_size": MAX_TERMS,
    } });
    json!({ "filter": filter, "aggs": { "terms": terms } })
}

/// Returns a pattern of the words within some edits of a word; with one edit less where it would be longer than OpenSearch
/// takes, which concerns words of more than 64 letters.
fn near_pattern(word: &str, edits: u8) -> String {
    let pattern = pattern::within_edits(word, edits);
    match pattern.len() > MAX_PATTERN && edits > 1 {
        true => near_pattern(word, edits - 1),
        false => pattern,
    }
}
