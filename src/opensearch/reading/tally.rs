//! Exact counts by combination of values, a page of combinations at a time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::snapshot::ClusterSnapshot;
use super::tree::Queries;
use crate::backend::{Codes, Counts, Error, Filter, Predicate, Sources, ValueForm};
use crate::model::Field;
use crate::opensearch::cluster::Found;
use crate::opensearch::layout;
use crate::query::{Dimension, Key};

/// Number of combinations of a page.
const PAGE: usize = 10_000;

/// Tables that are counted together.
#[derive(Default)]
pub struct Tables<'a>(Vec<Table<'a>>);

/// Counts of one table so far.
struct Table<'a> {
    by: &'a [Dimension],
    search: Value,
    cells: BTreeMap<[Key; 2], usize>,
    entries: usize,
    is_complete: bool,
}

impl<'a> Tables<'a> {
    /// Adds a table of the chosen entries that pass filters.
    pub fn push(&mut self, snapshot: &ClusterSnapshot, chosen: &Predicate, filters: &[Filter], by: &'a [Dimension]) {
        let query = Queries::new(false, false).query(chosen, filters, &snapshot.visible);
        self.0.push(Table::new(by, query));
    }

    /// Returns the searches for the next page of each table that is not complete.
    pub fn searches(&self) -> Vec<Value> {
        self.0.iter().filter(|table| !table.is_complete).map(|table| table.search.clone()).collect()
    }

    /// Adds the answers of the searches.
    pub fn add(&mut self, found: impl IntoIterator<Item = Found>, sources: &Sources) {
        for (table, found) in self.0.iter_mut().filter(|table| !table.is_complete).zip(found) {
            table.add(found.total() as usize, &found.aggregations, sources);
        }
    }

    /// Asks for what is missing, and returns the counts of each table.
    pub fn counts(mut self, snapshot: &ClusterSnapshot) -> Result<Vec<Counts>, Error> {
        loop {
            let searches = self.searches();
            if searches.is_empty() {
                return Ok(self.0.into_iter().map(Table::counts).collect());
            }
            self.add(snapshot.search_all_entries(&searches)?, &snapshot.sources);
        }
    }
}

impl<'a> Table<'a> {
    fn new(by: &'a [Dimension], query: Value) -> Self {
        let mut search = json!({ "size": 0, "track_total_hits": true, "query": query });
        if !by.is_empty() {
            let source = |(at, by): (usize, &Dimension)| {
                let field = field(*by);
                let name = format!("k{at}");
                json!({ name: { "terms": { "field": field, "missing_bucket": true } } })
            };
            let sources: Vec<Value> = by.iter().enumerate().map(source).collect();
            search["aggs"] = json!({ "by": { "composite": { "size": PAGE, "sources": sources } } });
        }
        Self { by, search, cells: BTreeMap::new(), entries: 0, is_complete: false }
    }

    fn add(&mut self, total: usize, aggregations: &Value, sources: &Sources) {
        self.entries = total;
        let found = &aggregations["by"];
        for bucket in found["buckets"].as_array().into_iter().flatten() {
            let mut keys = [Key::None, Key::None];
            for (at, by) in self.by.iter().enumerate() {
                keys[at] = key(&bucket["key"][format!("k{at}")], *by, sources);
            }
            *self.cells.entry(keys).or_default() += bucket["doc_count"].as_u64().unwrap_or_default() as usize;
        }
        match found.get("after_key") {
            Some(after) if found["buckets"].as_array().is_some_and(|buckets| buckets.len() == PAGE) => {
                self.search["aggs"]["by"]["composite"]["after"] = after.clone();
            }
            _ => self.is_complete = true,
        }
        if self.by.is_empty() && total > 0 {
            self.cells.insert([Key::None, Key::None], total);
        }
    }

    fn counts(self) -> Counts {
        let keys = |at: usize| {
            let distinct: BTreeSet<&Key> = self.cells.keys().map(|keys| &keys[at]).collect();
            distinct.into_iter().cloned().collect::<Vec<Key>>()
        };
        let keys: Vec<Vec<Key>> = (0..self.by.len()).map(keys).collect();
        let code = |(of, count): (&[Key; 2], &usize)| {
            let mut codes = Codes::default();
            for (at, all) in keys.iter().enumerate() {
                codes[at] = all.binary_search(&of[at]).unwrap_or_default() as u32;
            }
            (codes, *count)
        };
        let mut cells: Vec<(Codes, usize)> = self.cells.iter().map(code).collect();
        cells.sort_unstable();
        Counts { keys, cells, entries: self.entries }
    }
}

/// Returns the field of a dimension.
pub fn field(by: Dimension) -> String {
    match by {
        Dimension::Facet(field) => layout::values(field, ValueForm::Counted),
        Dimension::Date(_) => "date".to_owned(),
        Dimension::DigestDate(_) => "digest_date".to_owned(),
    }
}

/// Returns the key of a value of a dimension's field.
pub fn key(value: &Value, by: Dimension, sources: &Sources) -> Key {
    let day = || NaiveDate::from_num_days_from_ce_opt(i32::try_from(value.as_i64()?).ok()?);
    match (by, value.as_str()) {
        (Dimension::Facet(Field::Source), Some(name)) => Key::Value(sources.shown(name).to_owned()),
        (Dimension::Facet(_), Some(value)) if !value.is_empty() => Key::Value(value.to_owned()),
        (Dimension::Facet(_), _) => Key::None,
        (Dimension::Date(span) | Dimension::DigestDate(span), _) => {
            day().map_or(Key::None, |day| Key::Day(span.first(day)))
        }
    }
}
