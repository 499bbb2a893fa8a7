//! Answers to a search: a page of hits, totals, tables.

use serde_json::{Value, json};

use super::copies::Group;
use super::hits::{copy, order, score};
use super::snapshot::ClusterSnapshot;
use super::tree::Queries;
use crate::backend::{Error, Filter, Part, Search, SearchResult, TableFilters, UnmarkedHit, shown};
use crate::opensearch::cluster::HitDocument;
use crate::opensearch::document::Shown;
use crate::opensearch::layout::PAGE;
use crate::query::{Collapse, Reason};

/// A hit before its entry is read.
pub struct Ranked {
    pub number: u64,
    pub score: u32,
    pub copies: usize,
    pub copy_ids: Vec<String>,
    pub reasons: Vec<Reason>,
    pub shown: Shown,
}

impl ClusterSnapshot {
    /// Searches, and calls `each` with the hits in order.
    pub(super) fn answer(
        &self,
        search: &Search<'_>,
        each: &mut dyn FnMut(UnmarkedHit) -> Result<(), Error>,
    ) -> Result<SearchResult, Error> {
        let last = search.limit.and_then(|limit| search.offset.checked_add(limit));
        let is_page = last.is_some_and(|last| last <= PAGE);
        let (total, total_entries) = if is_page { self.page(search, each)? } else { self.all_hits(search, each)? };
        let tables = search.tables.iter().map(|table| {
            let filters: &[Filter] = match &table.filters {
                TableFilters::All => search.filters,
                TableFilters::None => &[],
                TableFilters::Others(filters) => filters,
            };
            (filters, [table.by])
        });
        let tables: Vec<_> = tables.collect();
        let counts =
            self.counts(search.chosen, &tables.iter().map(|(filters, by)| (*filters, &by[..])).collect::<Vec<_>>())?;
        Ok(SearchResult { total, total_entries, counts })
    }

    /// Answers with a page within the limit of OpenSearch. Returns the numbers of hits and of entries.
    fn page(
        &self,
        search: &Search<'_>,
        each: &mut dyn FnMut(UnmarkedHit) -> Result<(), Error>,
    ) -> Result<(usize, usize), Error> {
        let mut queries = Queries::new(search.is_scored, search.explain);
        let query = queries.query(search.chosen, search.filters, &self.visible);
        let named = queries.named.unwrap_or_default();
        let folds = search.collapse != Collapse::Never;
        let mut body = json!({
            "from": search.offset, "size": search.limit.unwrap_or_default(), "track_total_hits": true, "track_scores": true,
            "query": query, "sort": order(search.sort, search.is_scored), "_source": ["shown"], "docvalue_fields": ["copy"],
        });
        if folds {
            body["collapse"] = json!({ "field": "copy" });
            body["aggs"] = json!({ "distinct": distinct() });
        }
        let found = self.search_entries(&body)?;
        let entries = found.total() as usize;
        let total =
            if folds { found.aggregations["distinct"]["value"].as_u64().unwrap_or_default() as usize } else { entries };
        let mut groups = match folds && total < entries && !found.hits.hits.is_empty() {
            true => self.groups(search, &found.hits.hits)?,
            false => Default::default(),
        };
        for hit in found.hits.hits {
            let group = groups.remove(&copy(&hit)).unwrap_or_default();
            each(self.unmarked(self.ranked(hit, search, group, &named)?)?)?;
        }
        Ok((total, entries))
    }

    /// Returns a hit with its group.
    fn ranked(&self, hit: HitDocument, search: &Search<'_>, group: Group, named: &[&Part]) -> Result<Ranked, Error> {
        let number = self.number(&hit)?;
        Ok(Ranked {
            number,
            score: score(&hit, search.is_scored),
            copies: group.count.saturating_sub(1),
            copy_ids: group.ids.into_iter().skip(1).collect(),
            reasons: reasons(&hit.matched_queries, named),
            shown: serde_json::from_value(hit.source["shown"].clone())
                .map_err(|_| self.damaged("an entry cannot be read"))?,
        })
    }

    pub(super) fn unmarked(&self, ranked: Ranked) -> Result<UnmarkedHit, Error> {
        let Ranked { number, score, copies, copy_ids, reasons, shown } = ranked;
        Ok(UnmarkedHit { entry: self.entry(shown)?, number, score, copies, copy_ids, reasons })
    }
}

/// Returns the aggregation of the exact number of distinct copy keys; OpenSearch's own count of distinct values is not exact.
fn distinct() -> Value {
    json!({ "scripted_metric": {
        "init_script": "state.copies = new HashSet()",
        "map_script": "state.copies.add(doc['copy'].value)",
        "combine_script": "return state.copies",
        "reduce_script": "Set all = new HashSet(); for (copies in states) { all.addAll(copies) } return all.size()",
    } })
}

/// Returns the parts of a score, in the order of the tree.
pub fn reasons(matched: &Value, named: &[&Part]) -> Vec<Reason> {
    let of_part = |(at, part): (usize, &&Part)| {
        let score = matched[at.to_string()].as_f64()?.round() as u32;
        (score > 0).then(|| Reason { words: part.words.clone(), how: part.how, score: shown(score) })
    };
    named.iter().enumerate().filter_map(of_part).collect()
}
