//! Which entries are copies of one another, found out once for a commit. A hit stands for all copies of an article, so
//! that each search has to know of everything that it finds; but most entries have no copies, and it takes longer to read
//! a hash of each from its column than to find them.
//!
//! The file `copies` in a generation is about some segments, dead entries among theirs, so that it is as good for any
//! commit that has no others. Where it is missing, cut short, or about other segments, the column tells the same.
//!
//! ```text
//! for each segment:
//!   [u8; 32]    its name
//!   u32 u32     how many entries it has, and how many of them have copies
//!   (u64 u32)*  for each 64 entries: a bit for each that has copies, and how many have in front of them
//!   u32*        for each that has: a number that its copies have, too, and nothing else
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

/// Bytes: of a segment's name, of 64 entries.
const NAME: usize = 32;
const BLOCK: usize = 12;

/// Those of a list's entries that have copies, or may have.
#[derive(Debug, Default)]
pub struct Copied {
    /// Their places in the list, in order.
    pub places: Vec<u32>,
    /// For each, what its copies have in common, and nothing else has.
    pub keys: Vec<u64>,
}

impl Copied {
    /// Those of a list of a segment, by its column.
    pub fn by_column(list: &ScoredDocs, segment: &Segment) -> tantivy::Result<Self> {
        Ok(Self { places: (0..list.docs.len() as u32).collect(), keys: segment.numbers_of(Number::Copy, &list.docs)? })
    }

    /// What the entry at a place has in common with its copies.
    pub fn key(&self, place: usize) -> Option<u64> {
        self.places.binary_search(&(place as u32)).ok().map(|at| self.keys[at])
    }

    /// The entries that have one of a few keys: their places in the list, and which it is.
    pub fn having(&self, few: &HashSet<u64>) -> Vec<(usize, u64)> {
        let mut bits = [0u64; 64];
        let place = |key: u64| (key as usize / 64 % 64, key % 64);
        for (word, bit) in few.iter().map(|key| place(*key)) {
            bits[word] |= 1 << bit;
        }
        let may_be = |key: u64| {
            let (word, bit) = place(key);
            bits[word] >> bit & 1 == 1
        };
        let entries = self.places.iter().zip(&self.keys);
        let entries = entries.filter(|(_, key)| may_be(**key) && few.contains(*key));
        entries.map(|(place, key)| (*place as usize, *key)).collect()
    }
}

fn name(segment: &SegmentReader) -> String {
    segment.segment_id().uuid_string()
}
