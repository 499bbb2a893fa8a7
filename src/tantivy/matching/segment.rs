//! A segment with its columns, each opened on first use, since opening takes longer than many queries.

use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Cardinality, Column, ColumnValues, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::{Lists, ScoredDocs, TopicOrder};
use crate::model::{CustomField, Field};
use crate::tantivy::fields::{custom_column, custom_fields, place};

/// Cost of reading an entry of a list, relative to passing one in a scan for dead entries.
const FIND_DEAD: usize = 4;

/// A numeric column.
pub type Numbers = Arc<dyn ColumnValues<u64>>;

/// The numeric columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Date,
    DigestDate,
    /// The rank of the id in the digest.
    Place,
    Copy,
    Content,
}

impl Number {
    const ALL: [&str; 5] = ["date", "digest_date", "place", "copy", "content"];
}

/// A column of names. The name of an entry without one is empty.
pub struct Names {
    /// The sorted names.
    pub values: Vec<String>,
    /// The index of each entry's name.
    pub numbers: Numbers,
}

pub struct Segment {
    /// The index of the segment.
    pub ordinal: usize,
    pub reader: SegmentReader,
    numbers: [OnceLock<Numbers>; Number::ALL.len()],
    names: [OnceLock<Names>; Field::BUILT_IN.len()],
    variants: OnceLock<Names>,
    lists: Vec<OnceLock<Lists>>,
    dead: OnceLock<Vec<DocId>>,
}

impl Segment {
    pub fn new(ordinal: usize, reader: SegmentReader) -> Self {
        let (numbers, names) = (Default::default(), Default::default());
        let lists = (0..custom_fields(reader.schema())).map(|_| OnceLock::new()).collect();
        Self { ordinal, reader, numbers, names, variants: OnceLock::new(), lists, dead: OnceLock::new() }
    }

    /// Returns a numeric column.
    pub fn numbers(&self, field: Number) -> tantivy::Result<&Numbers> {
        let open = || Ok(one_each(self.reader.fast_fields().u64(Number::ALL[field as usize])?));
        opened(&self.numbers[field as usize], open)
    }

    /// Returns the numbers of entries.
    pub fn numbers_of(&self, field: Number, docs: &[DocId]) -> tantivy::Result<Vec<u64>> {
        let mut numbers = vec![0; docs.len()];
        self.numbers(field)?.get_vals(docs, &mut numbers);
        Ok(numbers)
    }

    /// Returns the column of a built-in field.
    pub fn names(&self, field: Field) -> tantivy::Result<&Names> {
        opened(&self.names[place(field)], || self.column(field.as_str()))
    }

    /// Returns the column of variants, which distinguish the digests of a topic and day.
    pub fn variants(&self) -> tantivy::Result<&Names> {
        opened(&self.variants, || self.column("variant"))
    }

    fn column(&self, name: &str) -> tantivy::Result<Names> {
        let column = self.reader.fast_fields().str(name)?.ok_or_else(|| missing(name))?;
        Ok(Names { values: texts(&column)?, numbers: one_each(column.ords().clone()) })
    }

    /// Returns the column of a custom field.
    pub fn lists(&self, field: CustomField) -> tantivy::Result<&Lists> {
        let name = custom_column(field.number());
        let open = || match self.reader.fast_fields().str(&name)? {
            Some(column) => Ok(Lists { texts: texts(&column)?, numbers: Some(column.ords().clone()) }),
            None => Ok(Lists::default()),
        };
        opened(self.lists.get(field.number()).ok_or_else(|| missing(&name))?, open)
    }

    /// Returns the rank of each entry's corpus and topic, in that order. With one corpus all ranks of corpora are 0.
    pub fn topic_ranks(&self, docs: &[DocId], order: &TopicOrder<'_>) -> tantivy::Result<Vec<u32>> {
        let mut ranks = self.ranks(docs, Field::Topic, &order.topics)?;
        if !order.corpora.is_empty() {
            let corpora = self.ranks(docs, Field::Corpus, &order.corpora)?;
            let topics = order.topics.len() as u32;
            ranks.iter_mut().zip(corpora).for_each(|(rank, corpus)| *rank += corpus * topics);
        }
        Ok(ranks)
    }

    /// Returns the rank of each entry's value in a sorted list. A value without live entries stays in the segment until it is
    /// merged.
    fn ranks(&self, docs: &[DocId], field: Field, all: &[&str]) -> tantivy::Result<Vec<u32>> {
        let names = self.names(field)?;
        let rank = |name: &String| all.binary_search(&name.as_str()).unwrap_or_default() as u32;
        let ranks: Vec<u32> = names.values.iter().map(rank).collect();
        let rank = |doc: &DocId| ranks.get(names.numbers.get_val(*doc) as usize).copied().unwrap_or_default();
        Ok(docs.iter().map(rank).collect())
    }

    /// Returns some entries, or all, dead ones included.
    pub fn docs(&self, within: Option<&[DocId]>) -> Vec<DocId> {
        within.map_or_else(|| (0..self.reader.max_doc()).collect(), <[DocId]>::to_vec)
    }

    /// Returns the dead entries; `None` if finding them would take longer than reading `entries` entries.
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

    /// Removes dead entries.
    pub fn keep_alive(&self, list: &mut ScoredDocs) {
        if let Some(alive) = self.reader.alive_bitset() {
            list.retain(|doc| alive.is_alive(doc));
        }
    }
}

/// Returns the distinct texts of a column, sorted.
fn texts(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut names = column.dictionary().stream()?;
    while names.advance() {
        values.push(String::from_utf8_lossy(names.key()).into_owned());
    }
    Ok(values)
}

/// Returns the values of a column with one value per entry.
fn one_each(column: Column<u64>) -> Numbers {
    match column.get_cardinality() {
        Cardinality::Full => column.values,
        Cardinality::Optional | Cardinality::Multivalued => column.first_or_default_col(0),
    }
}

fn missing(field: &str) -> tantivy::TantivyError {
    tantivy::TantivyError::SchemaError(format!("a segment has no column `{field}`"))
}

/// Returns the value of a cell, initialized on first use.
fn opened<T>(cell: &OnceLock<T>, open: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = open()?;
    Ok(cell.get_or_init(|| value))
}
