//! Visibility: the documents of one generation, and the check that an answer counts all of them.

use serde_json::{Value, json};

use super::head::{Head, Tally};

/// The documents of one generation.
#[derive(Debug, Clone)]
pub struct Visible {
    generation: u64,
    aborted: Vec<u64>,
    superseded: Vec<u64>,
}

impl Visible {
    /// Returns the documents of the last commit.
    pub fn of(head: &Head) -> Self {
        Self {
            generation: head.generation,
            aborted: head.aborted.clone(),
            superseded: head.superseded.iter().flat_map(|superseded| superseded.versions.iter().copied()).collect(),
        }
    }

    /// Returns the filter of the documents.
    pub fn filter(&self) -> Value {
        let mut without = Vec::new();
        if !self.aborted.is_empty() {
            without.push(json!({ "terms": { "since": self.aborted } }));
        }
        // A list of terms has a limit.
        without.extend(self.superseded.chunks(50_000).map(|some| json!({ "terms": { "version": some } })));
        json!({ "bool": { "filter": [{ "range": { "since": { "lte": self.generation } } }], "must_not": without } })
    }

    /// Returns the search that counts the documents; the same for all questions, so that shards answer it from memory.
    pub fn tally(&self) -> Value {
        json!({
            "size": 0,
            "track_total_hits": true,
            "query": { "bool": { "filter": [self.filter()] } },
            "aggs": { "sum": { "sum": { "field": "check" } } },
        })
    }
}

/// Returns the tally in the answer of a search by [`Visible::tally`].
pub fn tally(total: u64, aggregations: &Value) -> Option<Tally> {
    let sum = aggregations.pointer("/sum/value")?.as_f64()?;
    Some(Tally { count: total, sum: sum as u64 })
}
