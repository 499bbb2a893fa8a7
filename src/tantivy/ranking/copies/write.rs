//! Detection of copies, and writing of the file.

use std::path::Path;

use tantivy::DocId;

use super::name;
use crate::backend::Error;
use crate::files::replace;
use crate::tantivy::errors;
use crate::tantivy::matching::Number;
use crate::tantivy::matching::Segment;
use crate::tantivy::storage::checksums::Checksums;
use crate::tantivy::storage::layout::COPIES;

/// Finds the copies among the entries of a generation's segments, and writes the file.
pub fn write(generation: &Path, segments: &[Segment], checksums: &Checksums) -> Result<(), Error> {
    let keys = segments.iter().map(|segment| {
        let mut keys = vec![0; segment.reader.max_doc() as usize];
        segment.numbers(Number::Copy)?.get_range(0, &mut keys);
        Ok(keys)
    });
    let keys: Vec<Vec<u64>> = keys.collect::<tantivy::Result<_>>().map_err(errors::tantivy(generation))?;
    let mut bytes = Vec::new();
    for (segment, copied) in segments.iter().zip(numbered(&keys)) {
        let entries = segment.reader.max_doc();
        bytes.extend(name(&segment.reader).as_bytes());
        bytes.extend(entries.to_le_bytes());
        bytes.extend((copied.len() as u32).to_le_bytes());
        let mut before = 0;
        for first in (0..entries).step_by(64) {
            let here = copied[before..].iter().take_while(|(doc, _)| *doc < first + 64);
            let bits = here.fold(0u64, |bits, (doc, _)| bits | 1 << (doc - first));
            bytes.extend(bits.to_le_bytes());
            bytes.extend((before as u32).to_le_bytes());
            before += bits.count_ones() as usize;
        }
        copied.iter().for_each(|(_, number)| bytes.extend(number.to_le_bytes()));
    }
    let path = generation.join(COPIES);
    checksums.record(Path::new(COPIES), &bytes).and_then(|()| replace(&path, &bytes)).map_err(Error::io(&path))
}

/// Returns the entries whose keys repeat, by segment and in order, with numbers in place of the keys.
pub(super) fn numbered(keys: &[Vec<u64>]) -> Vec<Vec<(DocId, u32)>> {
    let all: usize = keys.iter().map(Vec::len).sum();
    // Most keys are unique. A Bloom filter of one bit per key excludes nearly all of them.
    let mut bits = (all * 8).next_power_of_two().max(64);
    let (mut once, mut again) = (vec![0u64; bits / 64], vec![0u64; bits / 64]);
    bits -= 1;
    let place = |key: u64| (key as usize & bits) / 64;
    let bit = |key: u64| 1 << (key % 64);
    for &key in keys.iter().flatten() {
        again[place(key)] |= once[place(key)] & bit(key);
        once[place(key)] |= bit(key);
    }
    let mut repeated = Vec::new();
    for (ordinal, keys) in keys.iter().enumerate() {
        let repeats = (0..).zip(keys).filter(|(_, key)| again[place(**key)] & bit(**key) != 0);
        repeated.extend(repeats.map(|(doc, key): (DocId, _)| (*key, ordinal, doc)));
    }
    repeated.sort_unstable();
    let mut numbered = vec![Vec::new(); keys.len()];
    let copies = repeated.chunk_by(|a, b| a.0 == b.0).filter(|copies| copies.len() > 1);
    for (number, copies) in (0..).zip(copies) {
        copies.iter().for_each(|(_, ordinal, doc)| numbered[*ordinal].push((*doc, number)));
    }
    numbered.iter_mut().for_each(|entries| entries.sort_unstable());
    numbered
}
