//! Copies of the articles of a page, by a second search.

use std::collections::HashMap;

use serde_json::json;

use super::hits::{copy, order};
use super::snapshot::ClusterSnapshot;
use super::tree::Queries;
use crate::backend::{Error, Search};
use crate::opensearch::cluster::HitDocument;
use crate::query::Collapse;

/// The copies of an article among the matching entries.
#[derive(Debug, Default)]
pub struct Group {
    /// Their number.
    pub count: usize,
    /// Their ids, best first, if requested.
    pub ids: Vec<String>,
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
