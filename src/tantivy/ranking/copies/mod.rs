//! Copies of articles, found once per commit. A hit represents all copies of an article, so a search needs the copy key of
//! every match; but most entries have no copies, and reading a hash of each from its column takes longer than matching.
//!
//! The file `copies` in a generation covers some segments, dead entries included, so it is valid for every commit without
//! other segments. If it is missing, truncated, or of other segments, the column gives the same result.
//!
//! ```text
//! for each segment:
//!   [u8; 32]    name
//!   u32 u32     number of entries, number of those with copies
//!   (u64 u32)*  per 64 entries: a bit for each with copies, and the number of such entries before them
//!   u32*        per entry with copies: a number that identifies the group of copies
//! ```

mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashSet;

use tantivy::SegmentReader;

use crate::tantivy::matching::Number;
use crate::tantivy::matching::ScoredDocs;
use crate::tantivy::matching::Segment;

pub use read::Copies;
pub use write::write;

/// Size in bytes of a segment's name, and of a block of 64 entries.
const NAME: usize = 32;
const BLOCK: usize = 12;

/// The entries of a list that have copies, or may have.
#[derive(Debug, Default)]
pub struct CopyKeys {
    /// Their indices in the list, sorted.
    pub places: Vec<u32>,
    /// The copy key of each, which identifies a group of copies.
    pub keys: Vec<u64>,
}

impl CopyKeys {
    /// Returns all entries of a list, with the keys of the column.
    pub fn by_column(list: &ScoredDocs, segment: &Segment) -> tantivy::Result<Self> {
        Ok(Self { places: (0..list.docs.len() as u32).collect(), keys: segment.numbers_of(Number::Copy, &list.docs)? })
    }

    /// Returns the copy key of the entry at an index.
    pub fn key(&self, place: usize) -> Option<u64> {
        self.places.binary_search(&(place as u32)).ok().map(|at| self.keys[at])
    }

    /// Returns the entries with one of a few keys: their indices in the list, and the keys.
    pub fn with_keys(&self, few: &HashSet<u64>) -> Vec<(usize, u64)> {
        let mut bits = [0u64; 64];
        let place = |key: u64| (key as usize / 64 % 64, key % 64);
        for (word, bit) in few.iter().map(|key| place(*key)) {
            bits[word] |= 1 << bit;
        }
        let may_contain = |key: u64| {
            let (word, bit) = place(key);
            bits[word] >> bit & 1 == 1
        };
        let entries = self.places.iter().zip(&self.keys);
        let entries = entries.filter(|(_, key)| may_contain(**key) && few.contains(*key));
        entries.map(|(place, key)| (*place as usize, *key)).collect()
    }
}

fn name(segment: &SegmentReader) -> String {
    segment.segment_id().uuid_string()
}
