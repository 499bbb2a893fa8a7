//! Any number of hits: the order of all is read, copies are folded, then the entries are read.

use std::collections::HashMap;

use super::hits::{copy, order, score};
use super::ranked::Ranked;
use super::snapshot::ClusterSnapshot;
use super::tree::Queries;
use crate::backend::{Error, Search, UnmarkedHit};
use crate::query::{Collapse, Reason};

/// Number of entries that are read at a time.
const BATCH: usize = 1_000;

/// A hit of the stream of all.
struct Folded {
    number: u64,
    score: u32,
    reasons: Vec<Reason>,
    /// Number of copies, and their own numbers if their ids are requested.
    copies: usize,
    copy_numbers: Vec<u64>,
}

impl ClusterSnapshot {
    /// Answers with any number of hits: reads the order of all, folds copies, then reads the entries. Returns the numbers
    /// of hits and of entries.
    pub(super) fn all_hits(
        &self,
        search: &Search<'_>,
        each: &mut dyn FnMut(UnmarkedHit) -> Result<(), Error>,
    ) -> Result<(usize, usize), Error> {
        let mut queries = Queries::new(search.is_scored, search.explain);
        let query = queries.query(search.chosen, search.filters, &self.visible);
        let names = queries.names();
        let mut folded: Vec<Folded> = Vec::new();
        let mut places: HashMap<u64, usize> = HashMap::new();
        let mut entries = 0;
        self.stream(&query, &order(search.sort, search.is_scored), &["copy".to_owned()], search.explain, &mut |hit| {
            entries += 1;
            let number = self.number(&hit)?;
            let at = *places.entry(copy(&hit)).or_insert(folded.len());
            match folded.get_mut(at).filter(|_| search.collapse != Collapse::Never) {
                Some(first) => {
                    first.copies += 1;
                    if search.collapse == Collapse::Listed {
                        first.copy_numbers.push(number);
                    }
                }
                None => folded.push(Folded {
                    number,
                    score: score(&hit, search.is_scored),
                    reasons: names.reasons(&hit.matched_queries),
                    copies: 0,
                    copy_numbers: Vec::new(),
                }),
            }
            Ok(())
        })?;
        let total = folded.len();
        let mut hits = folded.into_iter().skip(search.offset).take(search.limit.unwrap_or(usize::MAX)).peekable();
        while hits.peek().is_some() {
            let batch: Vec<Folded> = hits.by_ref().take(BATCH).collect();
            self.emit(batch, each)?;
        }
        Ok((total, entries))
    }

    /// Reads the entries of some hits and calls `each` with them.
    fn emit(&self, batch: Vec<Folded>, each: &mut dyn FnMut(UnmarkedHit) -> Result<(), Error>) -> Result<(), Error> {
        let numbers: Vec<u64> =
            batch.iter().flat_map(|hit| [hit.number].into_iter().chain(hit.copy_numbers.iter().copied())).collect();
        let mut read = Vec::with_capacity(numbers.len());
        self.each_shown(&numbers, &mut |shown| {
            read.push(shown);
            Ok(())
        })?;
        let mut read = read.into_iter();
        for Folded { number, score, reasons, copies, copy_numbers } in batch {
            let shown = read.next().unwrap_or_default();
            let copy_ids = read.by_ref().take(copy_numbers.len()).map(|shown| shown.id).collect();
            each(self.unmarked(Ranked { number, score, copies, copy_ids, reasons, shown })?)?;
        }
        Ok(())
    }
}
