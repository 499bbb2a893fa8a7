//! Reads the file.

use std::collections::HashMap;
use std::path::Path;

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::{BLOCK, Copied, FILE, NAME, name};
use crate::engine::directory::Snapshot;
use crate::engine::matching::{List, Segment};

/// The units of some segments that have copies.
pub struct Copies(Vec<OfSegment>);

struct OfSegment {
    blocks: OwnedBytes,
    numbers: OwnedBytes,
}

impl Copies {
    /// What is known of the units of some segments.
    pub fn open(generation: &Snapshot, segments: &[Segment]) -> Option<Self> {
        let mut file = generation.bytes_of(Path::new(FILE))?;
        let mut known = HashMap::new();
        while !file.is_empty() {
            let name = take(&mut file, NAME)?;
            let (units, copied) = (take_number::<4>(&mut file)? as usize, take_number::<4>(&mut file)? as usize);
            let blocks = take(&mut file, units.div_ceil(64) * BLOCK)?;
            known.insert(name.to_vec(), OfSegment { blocks, numbers: take(&mut file, copied * 4)? });
        }
        let of = |segment: &Segment| known.remove(name(&segment.reader).as_bytes());
        segments.iter().map(of).collect::<Option<_>>().map(Self)
    }

    /// Those of a list of a segment.
    pub fn of(&self, list: &List, segment: &Segment) -> Copied {
        let of = &self.0[segment.ordinal];
        let mut copied = Copied::default();
        for (place, doc) in list.docs.iter().enumerate() {
            if let Some(number) = of.number(*doc) {
                copied.places.push(place);
                copied.keys.push(number);
            }
        }
        copied
    }
}

impl OfSegment {
    fn number(&self, doc: DocId) -> Option<u64> {
        let at = doc as usize / 64 * BLOCK;
        let block = self.blocks.get(at..at + BLOCK)?;
        let bits = number::<8>(block)?;
        let bit = 1 << (doc % 64);
        if bits & bit == 0 {
            return None;
        }
        let before = number::<4>(&block[8..])? as usize + (bits & (bit - 1)).count_ones() as usize;
        number::<4>(self.numbers.get(before * 4..)?)
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
