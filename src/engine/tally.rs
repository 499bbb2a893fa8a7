//! Counts everything that matches, by the values of one field or several together.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::matching::{List, Number, Numbers, Segment};
use super::{Error, Reader, fields};
use crate::query::{Dimension, Key};

/// Tables of up to so many cells are counted in place, larger ones by hashing.
const DENSE: u64 = 1 << 20;

/// How many units there are of each combination of keys, for each table asked for.
pub type Counts = BTreeMap<Vec<Key>, usize>;

/// Units are looked at so many at a time.
const BLOCK: usize = 512;

struct SegmentTally<'a> {
    columns: Vec<Values<'a>>,
    cells: Cells,
}

/// A field's values in a segment, each with a code; 0 where a unit has none.
pub enum Values<'a> {
    Facet(Option<&'a StrColumn>),
    /// Days and the first of them.
    Days(&'a Numbers, u64),
}

enum Cells {
    Dense(Vec<usize>),
    Sparse(HashMap<u64, usize>),
}

impl Reader {
    /// How many units of some lists, one for each segment, there are of each combination of values, for each table.
    pub(super) fn counts(&self, lists: &[List], tables: &[Vec<Dimension>]) -> Result<Vec<Counts>, Error> {
        let counted = |(segment, list): (&Segment, &List)| -> tantivy::Result<Vec<Counts>> {
            let counts = tables.iter().map(|by| SegmentTally::new(by, segment)?.counted(&list.docs));
            counts.collect()
        };
        let counts = self.segments.par_iter().zip(lists).map(counted).collect::<tantivy::Result<Vec<_>>>();
        let mut all = vec![Counts::new(); tables.len()];
        for segment in counts.map_err(Error::tantivy(&self.held.path))? {
            for (counts, more) in all.iter_mut().zip(segment) {
                for (keys, count) in more {
                    *counts.entry(keys).or_default() += count;
                }
            }
        }
        Ok(all)
    }
}

impl<'a> SegmentTally<'a> {
    fn new(by: &[Dimension], segment: &'a Segment) -> tantivy::Result<Self> {
        let columns = by.iter().map(|by| Values::open(*by, segment)).collect::<tantivy::Result<Vec<_>>>()?;
        let size = columns.iter().try_fold(1u64, |size, column| size.checked_mul(column.codes()));
        let cells = match size {
            Some(size) if size <= DENSE => Cells::Dense(vec![0; size as usize]),
            _ => Cells::Sparse(HashMap::new()),
        };
        Ok(Self { columns, cells })
    }

    fn counted(mut self, docs: &[DocId]) -> tantivy::Result<Counts> {
        let (mut cells, mut codes) = (Vec::with_capacity(BLOCK), Vec::with_capacity(BLOCK));
        for docs in docs.chunks(BLOCK) {
            cells.clear();
            cells.resize(docs.len(), 0);
            for column in &self.columns {
                column.codes_of(docs, &mut codes);
                cells.iter_mut().zip(&codes).for_each(|(cell, code)| *cell = *cell * column.codes() + code);
            }
            match &mut self.cells {
                Cells::Dense(counts) => cells.iter().for_each(|cell| counts[*cell as usize] += 1),
                Cells::Sparse(counts) => cells.iter().for_each(|cell| *counts.entry(*cell).or_default() += 1),
            }
        }
        self.named()
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

impl<'a> Values<'a> {
    pub fn open(dimension: Dimension, segment: &'a Segment) -> tantivy::Result<Self> {
        let days = |field| {
            let days = segment.numbers(field)?;
            Ok(Self::Days(days, days.min_value()))
        };
        match dimension {
            Dimension::Facet(field) => Ok(Self::Facet(segment.names(field)?)),
            Dimension::Date => days(Number::Date),
            Dimension::DigestDate => days(Number::DigestDate),
        }
    }

    /// How many codes there are.
    pub fn codes(&self) -> u64 {
        match self {
            Self::Facet(column) => column.as_ref().map_or(0, |column| column.num_terms() as u64) + 1,
            Self::Days(days, first) => days.max_value().saturating_sub(*first) + 1,
        }
    }

    /// The codes of some units.
    pub fn codes_of(&self, docs: &[DocId], codes: &mut Vec<u64>) {
        codes.clear();
        match self {
            Self::Facet(None) => codes.resize(docs.len(), 0),
            Self::Facet(Some(column)) => {
                let mut numbers = vec![None; docs.len()];
                column.ords().first_vals(docs, &mut numbers);
                codes.extend(numbers.into_iter().map(|number| number.map_or(0, |number| number + 1)));
            }
            Self::Days(days, first) => {
                codes.resize(docs.len(), 0);
                days.get_vals(docs, codes);
                codes.iter_mut().for_each(|code| *code -= first);
            }
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
