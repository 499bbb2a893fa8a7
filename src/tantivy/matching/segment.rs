//! A segment with its columns, each opened when it is first asked for: that takes longer than many a query.

use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Cardinality, Column, ColumnValues};
use tantivy::{DocId, SegmentReader};

use super::ScoredDocs;

/// To pass by an entry on the way to the dead ones costs such a part of what it costs to read it in a list.
const FIND_DEAD: usize = 4;

/// A number of each entry.
pub type Numbers = Arc<dyn ColumnValues<u64>>;

/// Which number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Date,
    DigestDate,
    /// The place of its id among those of its digest.
    Place,
    Copy,
    Content,
}

impl Number {
    const ALL: [&str; 5] = ["date", "digest_date", "place", "copy", "content"];
}

/// Names that entries have. That of entries that have none is empty.
pub struct Names {
    /// All of them in order.
    pub values: Vec<String>,
    /// Which of them each entry has.
    pub numbers: Numbers,
}

pub struct Segment {
    /// Its place among the segments.
    pub ordinal: usize,
    pub reader: SegmentReader,
    numbers: [OnceLock<Numbers>; Number::ALL.len()],
    names: [OnceLock<Names>; Field::ALL.len()],
    dead: OnceLock<Vec<DocId>>,
}

impl Segment {
    pub fn new(ordinal: usize, reader: SegmentReader) -> Self {
        let (numbers, names) = (Default::default(), Default::default());
        Self { ordinal, reader, numbers, names, dead: OnceLock::new() }
    }

    /// The numbers of a field, which every entry has.
    pub fn numbers(&self, field: Number) -> tantivy::Result<&Numbers> {
        let open = || Ok(one_each(self.reader.fast_fields().u64(Number::ALL[field as usize])?));
        opened(&self.numbers[field as usize], open)
    }

    /// The number of each of some entries.
    pub fn numbers_of(&self, field: Number, docs: &[DocId]) -> tantivy::Result<Vec<u64>> {
        let mut numbers = vec![0; docs.len()];
        self.numbers(field)?.get_vals(docs, &mut numbers);
        Ok(numbers)
    }

    /// The names of a field.
    pub fn names(&self, field: Field) -> tantivy::Result<&Names> {
        let open = || {
            let column = self.reader.fast_fields().str(field.as_str())?.ok_or_else(|| missing(field.as_str()))?;
            let mut values = Vec::with_capacity(column.num_terms());
            let mut names = column.dictionary().stream()?;
            while names.advance() {
                values.push(String::from_utf8_lossy(names.key()).into_owned());
            }
            Ok(Names { values, numbers: one_each(column.ords().clone()) })
        };
        opened(&self.names[field as usize], open)
    }

    /// The rank of each entry's topic among topics in order. A topic whose last digest was removed is in the segment until
    /// it is merged; none of its entries live.
    pub fn topic_ranks(&self, docs: &[DocId], topics: &[&str]) -> tantivy::Result<Vec<u32>> {
        let names = self.names(Field::Topic)?;
        let rank = |name: &String| topics.binary_search(&name.as_str()).unwrap_or_default() as u32;
        let ranks: Vec<u32> = names.values.iter().map(rank).collect();
        let rank = |doc: &DocId| ranks.get(names.numbers.get_val(*doc) as usize).copied().unwrap_or_default();
        Ok(docs.iter().map(rank).collect())
    }

    /// Some entries; or all, dead ones among them.
    pub fn docs(&self, within: Option<&[DocId]>) -> Vec<DocId> {
        within.map_or_else(|| (0..self.reader.max_doc()).collect(), <[DocId]>::to_vec)
    }

    /// The dead entries; none where it would take longer to find them out than to go through so many entries.
    pub fn dead(&self, entries: usize) -> Option<&[DocId]> {
        let (alive, all) = (self.reader.alive_bitset()?, self.reader.max_doc());
        if self.dead.get().is_none() && entries < all as usize / FIND_DEAD {
            return None;
        }
        let find = || {
            let (mut dead, mut next) = (Vec::new(), 0);
            for doc in alive.iter_alive() {
                dead.extend(next..doc);
                next = doc + 1;
            }
            dead.extend(next..all);
            dead
        };
        Some(self.dead.get_or_init(find))
    }

    /// Takes dead entries out.
    pub fn keep_alive(&self, list: &mut ScoredDocs) {
        if let Some(alive) = self.reader.alive_bitset() {
            list.retain(|doc| alive.is_alive(doc));
        }
    }
}

/// The value of each entry, as all have one.
fn one_each(column: Column<u64>) -> Numbers {
    match column.get_cardinality() {
        Cardinality::Full => column.values,
        Cardinality::Optional | Cardinality::Multivalued => column.first_or_default_col(0),
    }
}

fn missing(field: &str) -> tantivy::TantivyError {
    tantivy::TantivyError::SchemaError(format!("a segment has no column `{field}`"))
}

/// What a cell holds, opened where it is not yet.
fn opened<T>(cell: &OnceLock<T>, open: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = open()?;
    Ok(cell.get_or_init(|| value))
}
use crate::model::Field;
