//! Answers: the implementation of [`Snapshot`].

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use super::dictionary;
use super::hits::{copy, numbers, sample_order};
use super::snapshot::ClusterSnapshot;
use super::tally::Tables;
use super::tree::Queries;
use crate::backend::{
    Catalog, Commit, Counts, Each, Error, Filter, Lookup, Predicate, Search, SearchResult, Snapshot, Sources,
    TableFilters, Terms, UnmarkedHit,
};
use crate::model::{DigestId, Field};
use crate::opensearch::failure::incomplete;
use crate::opensearch::layout::PAGE;
use crate::opensearch::listing;
use crate::query::{Dimension, Entry, Key, Sample, Stems};

impl Snapshot for ClusterSnapshot {
    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn fingerprint(&self) -> u64 {
        xxh3_64(format!("{} {}", self.head.run, self.head.generation).as_bytes())
    }

    fn is_newest(&self) -> bool {
        self.is_recent()
    }

    fn commit(&self) -> Result<Commit<'static>, Error> {
        let files = listing::read(&self.cluster, &self.head)?;
        let files = files.into_iter().map(|listed| listed.record).collect();
        Ok(Commit { catalog: self.catalog.clone(), files: Cow::Owned(files) })
    }

    fn sources(&self) -> Result<&Sources, Error> {
        Ok(&self.sources)
    }

    fn look_up(&self, questions: &[Lookup<'_>]) -> Result<Vec<Terms>, Error> {
        self.known.answer(questions, |new| {
            let found = self.search_all_entries(&dictionary::searches(new, &self.visible))?;
            Ok(dictionary::answers(new, found))
        })
    }

    fn names(&self, field: Field) -> BTreeSet<String> {
        let by = [Dimension::Facet(field)];
        let counts = self.tally(&Predicate::default(), &[], &by).unwrap_or_default();
        let keys = counts.keys.into_iter().flatten();
        keys.filter_map(Key::into_value).collect()
    }

    fn has_any(&self, filters: &[Filter]) -> Result<bool, Error> {
        let chosen = Predicate::default();
        let query = Queries::new(false, false).query(&chosen, filters, &self.visible);
        let found = self.search_entries(&json!({ "size": 1, "_source": false, "query": query }))?;
        Ok(!found.hits.hits.is_empty())
    }

    fn search(&self, search: &Search<'_>, each: &mut Each<'_, UnmarkedHit>) -> Result<SearchResult, Error> {
        let mut tables = Tables::default();
        for table in search.tables {
            let filters: &[Filter] = match &table.filters {
                TableFilters::All => search.filters,
                TableFilters::None => &[],
                TableFilters::Others(filters) => filters,
            };
            tables.push(self, search.chosen, filters, std::slice::from_ref(&table.by));
        }
        let last = search.limit.and_then(|limit| search.offset.checked_add(limit));
        let is_page = last.is_some_and(|last| last <= PAGE);
        let (total, total_entries) =
            if is_page { self.page(search, &mut tables, each)? } else { self.all_hits(search, each)? };
        Ok(SearchResult { total, total_entries, counts: tables.counts(self)? })
    }

    fn tally(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Counts, Error> {
        let mut tables = Tables::default();
        tables.push(self, chosen, filters, by);
        Ok(tables.counts(self)?.pop().unwrap_or_default())
    }

    fn sample(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Sample, Error> {
        self.sampled(chosen, filters, by)
    }

    fn stems(&self, entries: &[u64]) -> Result<Stems, Error> {
        self.stems_of(entries)
    }

    fn entries(&self, entries: &[u64], each: &mut Each<'_, Entry>) -> Result<(), Error> {
        self.each_entry(entries, each)
    }

    fn digest(&self, id: &DigestId, each: &mut Each<'_, (Entry, u64)>) -> Result<(), Error> {
        let of_digest = json!({ "term": { "digest": id.to_string() } });
        let found = self.search_entries(&json!({
            "size": PAGE, "query": { "bool": { "filter": [self.visible, of_digest] } }, "sort": [{ "at": "asc" }],
            "docvalue_fields": ["copy"],
        }))?;
        for mut hit in found.hits.hits {
            let shown = self.shown_of(&mut hit)?;
            each((self.entry(shown)?, copy(&hit)))?;
        }
        Ok(())
    }

    fn contents(&self) -> Result<Vec<u64>, Error> {
        let mut contents = Vec::with_capacity(self.catalog.entries.total());
        let query = json!({ "bool": { "filter": [self.visible] } });
        self.stream(&query, &sample_order(), &["content".to_owned()], false, &mut |hit| {
            contents.extend(numbers(&hit, "content").iter().map(|content| *content as u64));
            Ok(())
        })?;
        match contents.len() as u64 == self.head.entries.count {
            true => Ok(contents),
            false => Err(self.fail()(incomplete("it does not have all entries of the last commit"))),
        }
    }
}
