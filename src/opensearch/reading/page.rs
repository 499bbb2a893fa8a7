//! A page of hits within OpenSearch's limit.

use serde_json::json;

use super::copies::{Group, distinct, number_distinct};
use super::hits::{copy, order, score};
use super::names::Names;
use super::ranked::Ranked;
use super::snapshot::ClusterSnapshot;
use super::tally::Tables;
use super::tree::Queries;
use crate::backend::{Error, Search, UnmarkedHit};
use crate::opensearch::cluster::HitDocument;
use crate::query::Collapse;

impl ClusterSnapshot {
    /// Answers with a page within the limit of OpenSearch, and asks for tables in the same request. Returns the numbers of
    /// hits and of entries.
    pub(super) fn page(
        &self,
        search: &Search<'_>,
        tables: &mut Tables<'_>,
        each: &mut dyn FnMut(UnmarkedHit) -> Result<(), Error>,
    ) -> Result<(usize, usize), Error> {
        let mut queries = Queries::new(search.is_scored, search.explain);
        let query = queries.query(search.chosen, search.filters, &self.visible);
        let names = queries.names();
        let folds = search.collapse != Collapse::Never;
        let mut body = json!({
            "from": search.offset, "size": search.limit.unwrap_or_default(), "track_total_hits": true, "track_scores": true,
            "query": query, "sort": order(search.sort, search.is_scored), "docvalue_fields": ["copy"],
        });
        if folds {
            body["collapse"] = json!({ "field": "copy" });
            body["aggs"] = distinct();
        }
        let (found, others) = if search.explain {
            self.search_named(&body, &tables.searches())?
        } else {
            let mut all = self.search_all_entries(&[vec![body], tables.searches()].concat())?;
            (all.remove(0), all)
        };
        tables.add(others, &self.sources);
        let entries = found.total() as usize;
        let total =
            if folds { number_distinct(&found).ok_or_else(|| self.damaged("a number is missing"))? } else { entries };
        let mut groups = match folds && total < entries && !found.hits.hits.is_empty() {
            true => self.groups(search, &found.hits.hits)?,
            false => Default::default(),
        };
        for hit in found.hits.hits {
            let group = groups.remove(&copy(&hit)).unwrap_or_default();
            each(self.unmarked(self.ranked(hit, search, group, &names)?)?)?;
        }
        Ok((total, entries))
    }

    /// Returns a hit with its group.
    fn ranked(
        &self,
        mut hit: HitDocument,
        search: &Search<'_>,
        group: Group,
        names: &Names<'_>,
    ) -> Result<Ranked, Error> {
        let number = self.number(&hit)?;
        Ok(Ranked {
            number,
            score: score(&hit, search.is_scored),
            copies: group.count.saturating_sub(1),
            copy_ids: group.ids.into_iter().skip(1).collect(),
            reasons: names.reasons(&hit.matched_queries),
            shown: self.shown_of(&mut hit)?,
        })
    }
}
