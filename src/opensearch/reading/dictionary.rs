//! Look-ups in the dictionary: searches of size 0 in one request answer a batch of them. Frequencies count visible entries
//! only.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::pattern;
use crate::backend::{Lookup, Terms};
use crate::opensearch::cluster::Found;
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

/// Returns the searches that answer look-ups, in their order: one of each term whose frequency is asked for, since the
/// number of hits of a term costs next to nothing, and one of each pattern.
pub fn searches(questions: &[Lookup<'_>], visible: &Value) -> Vec<Value> {
    questions.iter().flat_map(|question| of_question(question, visible)).collect()
}

fn of_question(question: &Lookup<'_>, visible: &Value) -> Vec<Value> {
    let (filter, field, include) = match *question {
        Lookup::Terms(stream, terms) => return frequencies(layout::words(stream), terms, visible),
        Lookup::Values(field, form, values) => return frequencies(&layout::values(field, form), values, visible),
        Lookup::Prefix(stream, prefix) => {
            let field = layout::words(stream);
            (json!({ "prefix": { field: prefix } }), field, pattern::with_prefix(prefix))
        }
        Lookup::Spellings(stream, word, edits) => {
            let field = layout::words(stream);
            let near = json!({ "fuzzy": { field: {
                "value": word, "fuzziness": edits, "prefix_length": 0, "transpositions": true, "rewrite": "constant_score",
            } } });
            (near, field, near_pattern(word, edits))
        }
    };
    let terms = json!({ "terms": {
        "field": field, "include": include, "size": MAX_TERMS, "shard_size": MAX_TERMS,
    } });
    vec![json!({ "size": 0, "query": { "bool": { "filter": [visible, filter] } }, "aggs": { "terms": terms } })]
}

/// Returns the searches that count the entries with each term.
fn frequencies(field: &str, terms: &BTreeSet<String>, visible: &Value) -> Vec<Value> {
    let of_term = |term: &String| {
        let filter = json!([visible, { "term": { field: term } }]);
        json!({ "size": 0, "track_total_hits": true, "query": { "bool": { "filter": filter } } })
    };
    terms.iter().map(of_term).collect()
}

/// Returns the results of look-ups from the answers of their searches.
pub fn answers(questions: &[Lookup<'_>], found: Vec<Found>) -> Vec<Terms> {
    let mut found = found.into_iter();
    questions.iter().map(|question| answer(question, &mut found)).collect()
}

fn answer(question: &Lookup<'_>, found: &mut impl Iterator<Item = Found>) -> Terms {
    let of_terms = |field: String, terms: &BTreeSet<String>, found: &mut dyn Iterator<Item = Found>| {
        let frequency = found.take(terms.len()).map(|found| found.total()).sum();
        Terms { words: BTreeSet::new(), frequency, handle: Arc::new(FieldTerms { field, terms: terms.clone() }) }
    };
    let stream = match *question {
        Lookup::Terms(stream, terms) => return of_terms(layout::words(stream).to_owned(), terms, found),
        Lookup::Values(field, form, values) => return of_terms(layout::values(field, form), values, found),
        Lookup::Prefix(stream, _) | Lookup::Spellings(stream, ..) => stream,
    };
    let aggregations = found.next().map(|found| found.aggregations).unwrap_or_default();
    let buckets = aggregations["terms"]["buckets"].as_array().map_or(&[][..], Vec::as_slice);
    let terms: BTreeSet<String> =
        buckets.iter().filter_map(|bucket| bucket["key"].as_str().map(str::to_owned)).collect();
    let frequency = buckets.iter().filter_map(|bucket| bucket["doc_count"].as_u64()).sum::<u64>();
    let handle = Arc::new(FieldTerms { field: layout::words(stream).to_owned(), terms: terms.clone() });
    Terms { words: terms, frequency, handle }
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
