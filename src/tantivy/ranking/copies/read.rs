//! Reads the file.

use std::collections::HashMap;
use std::path::Path;

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::BLOCK;
use super::Copied;
use super::NAME;
use super::name;
use crate::tantivy::matching::ScoredDocs;
use crate::tantivy::matching::Segment;
use crate::tantivy::storage::directory::CommitDirectory;
use crate::tantivy::storage::layout::COPIES;

/// Entries are looked up so many at a time.
const AT_A_TIME: usize = 64;

/// The entries of some segments that have copies.
pub struct Copies(Vec<OfSegment>);

struct OfSegment {
    blocks: OwnedBytes,
    numbers: OwnedBytes,
}

impl Copies {
    /// What is known of the entries of some segments.
    pub fn open(generation: &CommitDirectory, segments: &[Segment]) -> Option<Self> {
        let mut file = generation.bytes_of(Path::new(COPIES))?;
        let mut known = HashMap::new();
        while !file.is_empty() {
            let name = take(&mut file, NAME)?;
            let (entries, copied) = (take_number::<4>(&mut file)? as usize, take_number::<4>(&mut file)? as usize);
            let blocks = take(&mut file, entries.div_ceil(64) * BLOCK)?;
            known.insert(name.to_vec(), OfSegment { blocks, numbers: take(&mut file, copied * 4)? });
        }
        let of = |segment: &Segment| known.remove(name(&segment.reader).as_bytes());
        segments.iter().map(of).collect::<Option<_>>().map(Self)
    }

    /// Those of a list of a segment.
    pub fn of(&self, list: &ScoredDocs, segment: &Segment) -> Copied {
        let of = &self.0[segment.ordinal];
        let mut copied = Copied::default();
        for (first, docs) in (0..).step_by(AT_A_TIME).zip(list.docs.chunks(AT_A_TIME)) {
            // Which entries have copies can't be foreseen, so nothing branches on it.
            let (mut found, mut len) = ([(0, 0); AT_A_TIME], 0);
            for (place, doc) in (first..).zip(docs) {
                found[len] = (place, *doc);
                len += usize::from(of.has(*doc));
            }
            for (place, doc) in &found[..len] {
                // In a damaged file there may be none; then the entry stands for itself.
                if let Some(number) = of.number(*doc) {
                    copied.places.push(*place);
                    copied.keys.push(number);
                }
            }
        }
        copied
    }
}

impl OfSegment {
    /// The bits of an entry and its neighbours, and which of them is its own.
    fn bits(&self, doc: DocId) -> (u64, u64) {
        let at = doc as usize / 64 * BLOCK;
        (self.blocks.get(at..).and_then(number::<8>).unwrap_or_default(), 1 << (doc % 64))
    }

    fn has(&self, doc: DocId) -> bool {
        let (bits, own) = self.bits(doc);
        bits & own != 0
    }

    /// The number of an entry that has copies.
    fn number(&self, doc: DocId) -> Option<u64> {
        let (bits, own) = self.bits(doc);
        let in_front = number::<4>(self.blocks.get(doc as usize / 64 * BLOCK + 8..)?)? as usize;
        let at = in_front + (bits & (own - 1)).count_ones() as usize;
        number::<4>(self.numbers.get(at * 4..)?)
    }
}

/// The number in the first bytes.
fn number<const N: usize>(bytes: &[u8]) -> Option<u64> {
    let mut number = [0; 8];
    number[..N].copy_from_slice(bytes.get(..N)?);
    Some(u64::from_le_bytes(number))
}

fn take(bytes: &mut OwnedBytes, len: usize) -> Option<OwnedBytes> {
    if bytes.len() < len {
        return None;
    }
    let rest = bytes.split_off(len);
    Some(std::mem::replace(bytes, rest))
}

fn take_number<const N: usize>(bytes: &mut OwnedBytes) -> Option<u64> {
    number::<N>(&take(bytes, N)?)
}
