//! Counts by codes: each key of a field stands once, in order, and its place is its code.

use std::collections::BTreeSet;

use crate::query::Key;

/// The place of a key among those of each field that is counted by, two at most; 0 for a field that there is not.
pub type Codes = [u32; 2];

/// How many entries there are of each combination of keys.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The keys that entries have, of each field, in order.
    pub keys: Vec<Vec<Key>>,
    /// How many entries have the same keys, in the order of these.
    pub cells: Vec<(Codes, usize)>,
}

impl Counts {
    /// How many entries there are in all.
    pub fn total(&self) -> usize {
        self.cells.iter().map(|(_, count)| count).sum()
    }

    /// The keys that codes stand for.
    pub fn keys_of(&self, codes: Codes) -> impl Iterator<Item = &Key> {
        self.keys.iter().zip(codes).map(|(keys, code)| &keys[code as usize])
    }

    /// Those of all segments, each with keys in an order of its own.
    pub fn joined(segments: &[Self], fields: usize) -> Self {
        let all_keys = |field: usize| segments.iter().flat_map(|counts| &counts.keys[field]).collect::<BTreeSet<_>>();
        let keys: Vec<Vec<Key>> = (0..fields).map(|field| all_keys(field).into_iter().cloned().collect()).collect();
        let mut cells = Vec::with_capacity(segments.iter().map(|counts| counts.cells.len()).sum());
        for counts in segments {
            let places: Vec<_> = counts.keys.iter().zip(&keys).map(|(some, all)| places(some, all)).collect();
            cells.extend(counts.cells.iter().map(|(codes, count)| (recoded(*codes, &places), *count)));
        }
        Self { keys, cells: added(cells) }
    }
}

/// The place of each of some values among all, which are in order.
pub fn places<T: Ord>(some: &[T], all: &[T]) -> Vec<u32> {
    some.iter().map(|value| all.binary_search(value).unwrap_or_default() as u32).collect()
}

/// Codes among all values, from codes among some and the places that these have.
pub fn recoded(codes: Codes, places: &[Vec<u32>]) -> Codes {
    let mut recoded = Codes::default();
    recoded.iter_mut().zip(codes).zip(places).for_each(|((to, code), places)| *to = places[code as usize]);
    recoded
}

/// Counts in order, those of the same codes made one.
pub fn added(mut cells: Vec<(Codes, usize)>) -> Vec<(Codes, usize)> {
    cells.sort_unstable();
    cells.dedup_by(|again, first| {
        let is_same = again.0 == first.0;
        first.1 += if is_same { again.1 } else { 0 };
        is_same
    });
    cells
}
