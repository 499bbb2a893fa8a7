//! Counts by codes: a code is the index of a key in the sorted list of keys of a field.

use std::collections::BTreeSet;

use crate::query::Key;

/// The codes of the keys of each field, two at most; 0 for an unused field.
pub type Codes = [u32; 2];

/// Numbers of entries by combination of keys.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The sorted keys of each field.
    pub keys: Vec<Vec<Key>>,
    /// Numbers of entries by codes, sorted. An entry with several values of a field counts once for each.
    pub cells: Vec<(Codes, usize)>,
    /// The number of entries.
    pub entries: usize,
}

impl Counts {
    /// Returns the sum of all cells: the number of entries, unless some have several values of a field.
    pub fn sum(&self) -> usize {
        self.cells.iter().map(|(_, count)| count).sum()
    }

    /// Returns the keys of codes.
    pub fn keys_of(&self, codes: Codes) -> impl Iterator<Item = &Key> {
        self.keys.iter().zip(codes).map(|(keys, code)| &keys[code as usize])
    }

    /// Merges the counts of segments, each with its own list of keys.
    pub fn merge(segments: &[Self], fields: usize) -> Self {
        let all_keys = |field: usize| segments.iter().flat_map(|counts| &counts.keys[field]).collect::<BTreeSet<_>>();
        let keys: Vec<Vec<Key>> = (0..fields).map(|field| all_keys(field).into_iter().cloned().collect()).collect();
        let mut cells = Vec::with_capacity(segments.iter().map(|counts| counts.cells.len()).sum());
        for counts in segments {
            let places: Vec<_> = counts.keys.iter().zip(&keys).map(|(some, all)| places(some, all)).collect();
            cells.extend(counts.cells.iter().map(|(codes, count)| (recoded(*codes, &places), *count)));
        }
        Self { keys, cells: added(cells), entries: segments.iter().map(|counts| counts.entries).sum() }
    }
}

/// Returns the indices of some values in a sorted list of all.
pub fn places<T: Ord>(some: &[T], all: &[T]) -> Vec<u32> {
    some.iter().map(|value| all.binary_search(value).unwrap_or_default() as u32).collect()
}

/// Converts codes among some values to codes among all; `places` maps the former to the latter.
pub fn recoded(codes: Codes, places: &[Vec<u32>]) -> Codes {
    let mut recoded = Codes::default();
    recoded.iter_mut().zip(codes).zip(places).for_each(|((to, code), places)| *to = places[code as usize]);
    recoded
}

/// Sorts counts and merges those of equal codes.
pub fn added(mut cells: Vec<(Codes, usize)>) -> Vec<(Codes, usize)> {
    cells.sort_unstable();
    cells.dedup_by(|again, first| {
        let is_same = again.0 == first.0;
        first.1 += if is_same { again.1 } else { 0 };
        is_same
    });
    cells
}
