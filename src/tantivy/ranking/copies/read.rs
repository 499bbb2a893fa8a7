//! Reading of the file.

use std::collections::HashMap;
use std::path::Path;

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::BLOCK;
use super::CopyKeys;
use super::NAME;
use super::name;
use crate::tantivy::matching::ScoredDocs;
use crate::tantivy::matching::Segment;
use crate::tantivy::storage::directory::CommitDirectory;
use crate::tantivy::storage::layout::COPIES;

/// Number of entries looked up at a time.
const CHUNK: usize = 64;

/// The entries of some segments that have copies.
pub struct Copies(Vec<SegmentCopies>);

struct SegmentCopies {
    blocks: OwnedBytes,
    numbers: OwnedBytes,
}

impl Copies {
    /// Reads the file; `None` if it does not cover the segments.
    pub fn open(generation: &CommitDirectory, segments: &[Segment]) -> Option<Self> {
        let mut file = generation.bytes_of(Path::new(COPIES))?;
        let mut known = HashMap::new();
        while !file.is_empty() {
            let name = take(&mut file, NAME)?;
            let (entries, copied) = (take_number::<4>(&mut file)? as usize, take_number::<4>(&mut file)? as usize);
            let blocks = take(&mut file, entries.div_ceil(64) * BLOCK)?;
            known.insert(name.to_vec(), SegmentCopies { blocks, numbers: take(&mut file, copied * 4)? });
        }
        let of = |segment: &Segment| known.remove(name(&segment.reader).as_bytes());
        segments.iter().map(of).collect::<Option<_>>().map(Self)
    }

    /// Returns the entries of a list that have copies.
    pub fn of(&self, list: &ScoredDocs, segment: &Segment) -> CopyKeys {
        let of = &self.0[segment.ordinal];
        let mut copied = CopyKeys::default();
        for (first, docs) in (0..).step_by(CHUNK).zip(list.docs.chunks(CHUNK)) {
            // Whether an entry has copies is unpredictable, so nothing branches on it.
            let (mut found, mut len) = ([(0, 0); CHUNK], 0);
            for (place, doc) in (first..).zip(docs) {
                found[len] = (place, *doc);
                len += usize::from(of.has(*doc));
            }
            for (place, doc) in &found[..len] {
                // A damaged file may have no number; then the entry has no copies.
                if let Some(number) = of.number(*doc) {
                    copied.places.push(*place);
                    copied.keys.push(number);
                }
            }
        }
        copied
    }
}

impl SegmentCopies {
    /// Returns the bits of an entry's block, and the mask of the entry.
    fn bits(&self, doc: DocId) -> (u64, u64) {
        let at = doc as usize / 64 * BLOCK;
        (self.blocks.get(at..).and_then(number::<8>).unwrap_or_default(), 1 << (doc % 64))
    }

    fn has(&self, doc: DocId) -> bool {
        let (bits, own) = self.bits(doc);
        bits & own != 0
    }

    /// Returns the number of an entry that has copies.
    fn number(&self, doc: DocId) -> Option<u64> {
        let (bits, own) = self.bits(doc);
        let in_front = number::<4>(self.blocks.get(doc as usize / 64 * BLOCK + 8..)?)? as usize;
        let at = in_front + (bits & (own - 1)).count_ones() as usize;
        number::<4>(self.numbers.get(at * 4..)?)
    }
}

/// Decodes the number in the first bytes.
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
