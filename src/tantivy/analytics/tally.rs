//! Counts of matching entries by one or two fields.

use std::collections::{BTreeSet, HashMap};

use tantivy::DocId;

use super::values::Values;
use crate::backend::{Codes, Counts, Error, Sources};
use crate::query::Dimension;
use crate::tantivy::matching::{ScoredDocs, Segment, Segments};

/// Maximum number of cells of a dense table, in total and per entry; larger tables use a hash map.
const DENSE: u64 = 1 << 20;
const SPARSE: u64 = 64;

/// Number of entries per block.
const BLOCK: usize = 512;

struct SegmentTally<'a> {
    columns: Vec<Values<'a>>,
    cells: Cells,
}

enum Cells {
    Dense(Vec<usize>),
    Sparse(HashMap<u64, usize>),
}

/// Counts the entries of lists, one per segment, by combination of values, for each table.
pub fn counts(
    lists: &[ScoredDocs],
    tables: &[&[Dimension]],
    segments: &Segments,
    sources: Option<&Sources>,
) -> Result<Vec<Counts>, Error> {
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    let entries = lists.iter().map(|list| list.docs.len()).sum();
    let counts = segments.each(entries, |segment| {
        let docs = &lists[segment.ordinal].docs;
        let count = |by: &&[Dimension]| Ok(SegmentTally::new(by, segment, sources, docs.len())?.count(docs));
        tables.iter().map(count).collect::<tantivy::Result<Vec<_>>>()
    })?;
    let mut all = vec![Vec::new(); tables.len()];
    for segment in counts {
        all.iter_mut().zip(segment).for_each(|(counts, more)| counts.push(more));
    }
    Ok(tables.iter().zip(all).map(|(by, counts)| Counts::merge(&counts, by.len())).collect())
}

impl<'a> SegmentTally<'a> {
    fn new(
        by: &[Dimension],
        segment: &'a Segment,
        sources: Option<&'a Sources>,
        entries: usize,
    ) -> tantivy::Result<Self> {
        let columns = by.iter().map(|by| Values::open(*by, segment, sources)).collect::<tantivy::Result<Vec<_>>>()?;
        let size = columns.iter().try_fold(1u64, |size, column| size.checked_mul(column.codes()));
        let cells = match size {
            Some(size) if size <= DENSE.min((entries as u64 + 1) * SPARSE) => Cells::Dense(vec![0; size as usize]),
            _ => Cells::Sparse(HashMap::new()),
        };
        Ok(Self { columns, cells })
    }

    fn count(mut self, docs: &[DocId]) -> Counts {
        if self.columns.iter().any(Values::are_lists) {
            docs.iter().for_each(|doc| self.count_lists(*doc));
            return self.into_counts(docs.len());
        }
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
        self.into_counts(docs.len())
    }

    /// Counts an entry in the cell of each combination of its values.
    fn count_lists(&mut self, doc: DocId) {
        let (mut cells, mut codes) = (vec![0], Vec::new());
        for column in &self.columns {
            column.codes_of(&[doc], &mut codes);
            let combined = cells.iter().flat_map(|cell| codes.iter().map(move |code| cell * column.codes() + code));
            cells = combined.collect();
        }
        for cell in cells {
            match &mut self.cells {
                Cells::Dense(counts) => counts[cell as usize] += 1,
                Cells::Sparse(counts) => *counts.entry(cell).or_default() += 1,
            }
        }
    }

    /// Converts cells to counts, with the keys that occur, in the order of codes.
    fn into_counts(self, entries: usize) -> Counts {
        let counts: Vec<(u64, usize)> = match self.cells {
            Cells::Dense(counts) => (0..).zip(counts).filter(|(_, count)| *count > 0).collect(),
            Cells::Sparse(counts) => counts.into_iter().collect(),
        };
        let mut cells: Vec<(Codes, usize)> = counts.iter().map(|(_, count)| (Codes::default(), *count)).collect();
        let mut keys = Vec::with_capacity(self.columns.len());
        let mut size = 1;
        for (field, column) in self.columns.iter().enumerate().rev() {
            let code = |cell: u64| cell / size % column.codes();
            let codes_present: BTreeSet<u64> = counts.iter().map(|(cell, _)| code(*cell)).collect();
            let mut places = vec![0; column.codes() as usize];
            codes_present.iter().zip(0..).for_each(|(code, place)| places[*code as usize] = place);
            for ((codes, _), (cell, _)) in cells.iter_mut().zip(&counts) {
                codes[field] = places[code(*cell) as usize];
            }
            keys.push(codes_present.into_iter().map(|code| column.key(code)).collect());
            size *= column.codes();
        }
        keys.reverse();
        Counts { keys, cells, entries }
    }
}
