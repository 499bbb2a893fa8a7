//! Copies: the exact number of distinct articles, and the copies of those of a page.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::hits::{copy, order};
use super::script;
use super::snapshot::ClusterSnapshot;
use super::tree::Queries;
use crate::backend::{Error, Search};
use crate::opensearch::cluster::HitDocument;
use crate::query::Collapse;

/// The script that begins with no copy key.
static BEGIN: LazyLock<String> = LazyLock::new(|| with_set("state.putAll(empty());"));

/// The script that adds the copy key of an entry to a set. OpenSearch's own count of distinct values is not exact, and a set
/// of objects takes eight times as long.
static ADD: LazyLock<String> = LazyLock::new(|| with_set("add(state, doc['copy'].value);"));

/// The script that counts the keys of the sets of all shards.
static COUNT: LazyLock<String> = LazyLock::new(|| with_set("return united(states);"));

fn with_set(statement: &str) -> String {
    script::without_comments(include_str!("copies.painless")) + statement
}

/// The copies of an article among the matching entries.
#[derive(Debug, Default)]
pub struct Group {
    /// Their number.
    pub count: usize,
    /// Their ids, best first, if requested.
    pub ids: Vec<String>,
}

impl ClusterSnapshot {
    /// Returns the search for the exact number of distinct copy keys.
    pub(super) fn distinct(&self, search: &Search<'_>) -> Value {
        let query = Queries::new(false, false).query(search.chosen, search.filters, &self.visible);
        let keys = json!({ "scripted_metric": {
            "init_script": *BEGIN,
            "map_script": *ADD,
            "combine_script": "return state",
            "reduce_script": *COUNT,
        } });
        json!({ "size": 0, "track_total_hits": false, "query": query, "aggs": { "distinct": keys } })
    }

    /// Returns the copies of the hits of a page, by copy key.
    pub(super) fn groups(&self, search: &Search<'_>, hits: &[HitDocument]) -> Result<HashMap<u64, Group>, Error> {
        let keys: Vec<i64> = hits.iter().map(|hit| copy(hit) as i64).collect();
        // Counts need no order.
        let is_scored = search.is_scored && search.collapse == Collapse::Listed;
        let query = Queries::new(is_scored, false).query(search.chosen, search.filters, &self.visible);
        let query = json!({ "bool": { "must": [query], "filter": [{ "terms": { "copy": keys } }] } });
        let mut groups: HashMap<u64, Group> = HashMap::new();
        if search.collapse == Collapse::Counted {
            let terms = json!({ "terms": { "field": "copy", "size": keys.len(), "shard_size": keys.len() } });
            let found = self.search_entries(&json!({ "size": 0, "query": query, "aggs": { "copies": terms } }))?;
            for bucket in found.aggregations["copies"]["buckets"].as_array().into_iter().flatten() {
                let key = bucket["key"].as_i64().unwrap_or_default() as u64;
                let count = bucket["doc_count"].as_u64().unwrap_or_default() as usize;
                groups.insert(key, Group { count, ids: Vec::new() });
            }
            return Ok(groups);
        }
        let (mut numbers, mut keys) = (Vec::new(), Vec::new());
        self.stream(&query, &order(search.sort, search.is_scored), &["copy".to_owned()], false, &mut |hit| {
            numbers.push(self.number(&hit)?);
            keys.push(copy(&hit));
            Ok(())
        })?;
        let mut keys = keys.into_iter();
        self.each_shown(&numbers, &mut |shown| {
            let group = groups.entry(keys.next().unwrap_or_default()).or_default();
            group.count += 1;
            group.ids.push(shown.id);
            Ok(())
        })?;
        Ok(groups)
    }
}
