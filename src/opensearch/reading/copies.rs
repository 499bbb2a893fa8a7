//! Copies: the exact number of distinct articles, and the copies of those of a page.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::hits::{copy, order};
use super::script;
use super::snapshot::ClusterSnapshot;
use super::tree::Queries;
use crate::backend::{Error, Search};
use crate::opensearch::cluster::{Found, HitDocument, pages};
use crate::opensearch::layout::PAGE;
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

/// Returns the aggregation that counts distinct copy keys exactly.
pub fn distinct() -> Value {
    json!({ "distinct": { "scripted_metric": {
        "init_script": *BEGIN, "map_script": *ADD, "combine_script": "return state", "reduce_script": *COUNT,
    } } })
}

/// Returns the number of distinct copy keys in the answer of a search with [`distinct`].
pub fn number_distinct(found: &Found) -> Option<usize> {
    found.aggregations["distinct"]["value"].as_u64().map(|number| number as usize)
}

impl ClusterSnapshot {
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
        let search = json!({
            "size": PAGE, "track_total_hits": false, "query": query, "sort": order(search.sort, search.is_scored),
            "_source": ["shown.id"], "docvalue_fields": ["copy"],
        });
        pages(search, |search| self.search_entries(search), &mut |hit| {
            let group = groups.entry(copy(&hit)).or_default();
            group.count += 1;
            group.ids.extend(hit.source.pointer("/shown/id").and_then(Value::as_str).map(str::to_owned));
            Ok(())
        })?;
        Ok(groups)
    }
}
