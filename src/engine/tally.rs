//! Counts everything that matches, by the values of one field or several together.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields;
use super::passing::{Numbers, numbers};
use crate::query::{Dimension, Key};

/// Tables of up to so many cells are counted in place, larger ones by hashing.
const DENSE: u64 = 1 << 20;

/// How many units there are of each combination of keys, for each table asked for.
pub type Counts = BTreeMap<Vec<Key>, usize>;

pub struct Tallies<'a> {
    /// The fields of each table.
    pub tables: &'a [Vec<Dimension>],
}

pub struct SegmentTally {
    columns: Vec<Values>,
    cells: Cells,
}

/// A field's values in a segment, each with a code; 0 where a unit has none.
pub enum Values {
    Facet(Option<StrColumn>),
    /// Days and the first of them.
    Days(Numbers, u64),
}

enum Cells {
    Dense(Vec<usize>),
    Sparse(HashMap<u64, usize>),
}

impl Collector for Tallies<'_> {
    type Fruit = Vec<Counts>;
    type Child = SegmentTallies;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentTallies> {
        Ok(SegmentTallies(self.tables.iter().map(|by| SegmentTally::new(by, reader)).collect::<tantivy::Result<_>>()?))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Vec<Counts>>>) -> tantivy::Result<Vec<Counts>> {
        let mut all = vec![Counts::new(); self.tables.len()];
        for segment in segments {
            for (counts, more) in all.iter_mut().zip(segment?) {
                for (keys, count) in more {
                    *counts.entry(keys).or_default() += count;
                }
            }
        }
        Ok(all)
    }
}

pub struct SegmentTallies(Vec<SegmentTally>);

impl SegmentCollector for SegmentTallies {
    type Fruit = tantivy::Result<Vec<Counts>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for tally in &mut self.0 {
            tally.count(doc);
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.0.into_iter().map(SegmentTally::named).collect()
    }
}

impl SegmentTally {
    fn new(by: &[Dimension], reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = by.iter().map(|by| Values::open(*by, reader)).collect::<tantivy::Result<Vec<_>>>()?;
        let size = columns.iter().try_fold(1u64, |size, column| size.checked_mul(column.codes()));
        let cells = match size {
            Some(size) if size <= DENSE => Cells::Dense(vec![0; size as usize]),
            _ => Cells::Sparse(HashMap::new()),
        };
        Ok(Self { columns, cells })
    }

    fn count(&mut self, doc: DocId) {
        let cell = self.columns.iter().fold(0, |cell: u64, column| cell * column.codes() + column.code(doc));
        match &mut self.cells {
            Cells::Dense(counts) => counts[cell as usize] += 1,
            Cells::Sparse(counts) => *counts.entry(cell).or_default() += 1,
        }
    }

    /// The counts with the keys that their codes stand for.
    fn named(self) -> tantivy::Result<Counts> {
        let counts: Vec<(u64, usize)> = match self.cells {
            Cells::Dense(counts) => (0..).zip(counts).filter(|(_, count)| *count > 0).collect(),
            Cells::Sparse(counts) => counts.into_iter().collect(),
        };
        let mut named = Counts::new();
        for (mut cell, count) in counts {
            let mut keys = Vec::with_capacity(self.columns.len());
            for column in self.columns.iter().rev() {
                keys.push(column.key(cell % column.codes())?);
                cell /= column.codes();
            }
            keys.reverse();
            named.insert(keys, count);
        }
        Ok(named)
    }
}

impl Values {
    pub fn open(dimension: Dimension, reader: &SegmentReader) -> tantivy::Result<Self> {
        let days = |field| {
            let days = numbers(reader, field)?;
            let first = days.min_value();
            Ok(Self::Days(days, first))
        };
        match dimension {
            Dimension::Facet(field) => Ok(Self::Facet(reader.fast_fields().str(field.as_str())?)),
            Dimension::Date => days("date"),
            Dimension::DigestDate => days("digest_date"),
        }
    }

    /// How many codes there are.
    pub fn codes(&self) -> u64 {
        match self {
            Self::Facet(column) => column.as_ref().map_or(0, |column| column.num_terms() as u64) + 1,
            Self::Days(days, first) => days.max_value().saturating_sub(*first) + 1,
        }
    }

    pub fn code(&self, doc: DocId) -> u64 {
        match self {
            Self::Facet(column) => column.as_ref().and_then(|column| column.ords().first(doc)).map_or(0, |n| n + 1),
            Self::Days(days, first) => days.get_val(doc) - first,
        }
    }

    pub fn key(&self, code: u64) -> tantivy::Result<Key> {
        match self {
            Self::Days(_, first) => Ok(Key::Day(fields::day(first + code))),
            Self::Facet(Some(column)) if code > 0 => {
                let mut value = String::new();
                column.ord_to_str(code - 1, &mut value)?;
                Ok(Key::Value(value))
            }
            Self::Facet(_) => Ok(Key::None),
        }
    }
}
