//! Which units are copies of one another, found out once for a commit. A hit stands for all copies of an article, so
//! that each search has to know of everything that it finds; but most units have no copies, and it takes longer to read
//! a hash of each from its column than to find them.
//!
//! The file `copies` in a generation is about some segments, dead units among theirs, so that it is as good for any
//! commit that has no others. Where it is missing, not whole, or about other segments, the column tells the same.
//!
//! ```text
//! u64           checksum of what follows
//! for each segment:
//!   [u8; 32]    its name
//!   u32 u32     how many units it has, and how many of them have copies
//!   (u64 u32)*  for each 64 units: a bit for each that has copies, and how many have in front of them
//!   u32*        for each that has: a number that its copies have, too, and nothing else
//! ```

use std::collections::HashMap;
use std::path::Path;

use tantivy::directory::OwnedBytes;
use tantivy::{DocId, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use super::Error;
use super::directory::Snapshot;
use super::folder::replace;
use super::matching::{List, Number, Segment};

const FILE: &str = "copies";

/// Bytes: of a segment's name, of 64 units.
const NAME: usize = 32;
const BLOCK: usize = 12;

/// The units of some segments that have copies.
pub struct Copies(Vec<OfSegment>);

struct OfSegment {
    blocks: OwnedBytes,
    numbers: OwnedBytes,
}

/// Those of a list's units that have copies, or may have.
#[derive(Debug, Default)]
pub struct Copied {
    /// Their places in the list, in order.
    pub places: Vec<usize>,
    /// For each, what its copies have in common, and nothing else has.
    pub keys: Vec<u64>,
}

impl Copied {
    /// Those of a list of a segment, by its column.
    pub fn by_column(list: &List, segment: &Segment) -> tantivy::Result<Self> {
        Ok(Self { places: (0..list.docs.len()).collect(), keys: segment.numbers_of(Number::Copy, &list.docs)? })
    }

    /// What the unit at a place has in common with its copies.
    pub fn key(&self, place: usize) -> Option<u64> {
        self.places.binary_search(&place).ok().map(|at| self.keys[at])
    }
}

impl Copies {
    /// What is known of the units of some segments.
    pub fn open(generation: &Snapshot, segments: &[Segment]) -> Option<Self> {
        let mut file = generation.bytes_of(Path::new(FILE))?;
        let checksum = take_number::<8>(&mut file)?;
        if checksum != xxh3_64(&file) {
            return None;
        }
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

/// Finds out which units of a generation's segments are copies of one another, and writes it down.
pub fn write(generation: &Path, segments: &[Segment]) -> Result<(), Error> {
    let keys = segments.iter().map(|segment| {
        let mut keys = vec![0; segment.reader.max_doc() as usize];
        segment.numbers(Number::Copy)?.get_range(0, &mut keys);
        Ok(keys)
    });
    let keys: Vec<Vec<u64>> = keys.collect::<tantivy::Result<_>>().map_err(Error::tantivy(generation))?;
    let mut bytes = vec![0; 8];
    for (segment, copied) in segments.iter().zip(numbered(&keys)) {
        let units = segment.reader.max_doc();
        bytes.extend(name(&segment.reader).as_bytes());
        bytes.extend(units.to_le_bytes());
        bytes.extend((copied.len() as u32).to_le_bytes());
        let mut before = 0;
        for first in (0..units).step_by(64) {
            let here = copied[before..].iter().take_while(|(doc, _)| *doc < first + 64);
            let bits = here.fold(0u64, |bits, (doc, _)| bits | 1 << (doc - first));
            bytes.extend(bits.to_le_bytes());
            bytes.extend((before as u32).to_le_bytes());
            before += bits.count_ones() as usize;
        }
        copied.iter().for_each(|(_, number)| bytes.extend(number.to_le_bytes()));
    }
    let checksum = xxh3_64(&bytes[8..]);
    bytes[..8].copy_from_slice(&checksum.to_le_bytes());
    let path = generation.join(FILE);
    replace(&path, &bytes).map_err(Error::io(&path))
}

/// The units whose key another has, too, segment by segment in order, each with a number in place of the key.
fn numbered(keys: &[Vec<u64>]) -> Vec<Vec<(DocId, u32)>> {
    let all: usize = keys.iter().map(Vec::len).sum();
    // Most keys are there once. A bit that the key chooses tells so of nearly all of them.
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
    numbered.iter_mut().for_each(|units| units.sort_unstable());
    numbered
}

fn name(segment: &SegmentReader) -> String {
    segment.segment_id().uuid_string()
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};
    use std::fs;

    use proptest::prelude::*;

    use super::*;
    use crate::digest::{Conventions, Digest, Outcome, parse};
    use crate::engine::{Catalog, Commit, Reader, Store};
    use crate::schema::documents;

    /// A digest with titles that others have, too.
    fn digest(day: u32, titles: &[&str]) -> Digest {
        let head = format!(
            "---\ntopic: t\ntopicName: T\ndate: 2026-01-{day:02}\nperspectives: [{{id: a, name: A, count: 9}}]\n---\n"
        );
        let titles: String =
            (1..).zip(titles).map(|(n, title)| format!("{n}. [{title}](https://example.com/{n}) - Daily\n")).collect();
        match parse(&format!("{head}\n## Sources\n\n{titles}"), &Conventions::default()).outcome {
            Outcome::Digest(digest) => *digest,
            other => panic!("{other:?}"),
        }
    }

    fn commit() -> Commit<'static> {
        let catalog = Catalog { version: crate::schema::VERSION, ..Catalog::default() };
        Commit { catalog, ..Commit::default() }
    }

    /// The units of each segment by what they have in common.
    fn groups(copied: impl Fn(&List, &Segment) -> Copied, reader: &Reader) -> Vec<Vec<(usize, usize)>> {
        let mut groups: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
        for segment in &reader.segments {
            let list = List { docs: segment.docs(None), numbers: Vec::new() };
            let Copied { places, keys } = copied(&list, segment);
            let units = places.into_iter().zip(keys);
            units.for_each(|(place, key)| groups.entry(key).or_default().push((segment.ordinal, place)));
        }
        let mut groups: Vec<_> = groups.into_values().filter(|units| units.len() > 1).collect();
        groups.sort();
        groups
    }

    #[test]
    fn what_is_written_down_is_what_the_column_says() {
        let folder = tempfile::tempdir().expect("a folder");
        let steps: [&[&[&str]]; 3] =
            [&[&["One", "Two", "one!"], &["Two", "Three"]], &[&["Four", "Three"]], &[&["Five"]]];
        let mut day = 0;
        for (step, digests) in steps.into_iter().enumerate() {
            let store = Store::lock(folder.path()).expect("locked");
            let writer = if step == 0 { store.rebuild() } else { store.update() }.expect("a writer");
            for titles in digests {
                day += 1;
                writer.add(documents(digest(day, titles), &Conventions::default())).expect("added");
            }
            if step == 2 {
                writer.remove(&"t/2026-01-01".parse().expect("an id"));
            }
            writer.commit(&commit()).expect("committed");
            let reader = Reader::open(folder.path()).expect("opened");
            let copies = reader.copies().expect("written down and up to date");
            let by_column = groups(|list, segment| Copied::by_column(list, segment).expect("read"), &reader);
            assert_eq!(groups(|list, segment| copies.of(list, segment), &reader), by_column);
            // What was removed may still be there.
            assert!(by_column.len() >= [2, 3, 1][step], "{by_column:?}");
        }
        let path = folder.path().join("g1").join(FILE);
        let whole = fs::read(&path).expect("read");
        for damaged in [Vec::new(), whole[..whole.len() - 1].to_vec(), {
            let mut bytes = whole.clone();
            bytes[50] ^= 1;
            bytes
        }] {
            fs::write(&path, damaged).expect("written");
            assert!(Reader::open(folder.path()).expect("opened").copies().is_none(), "the column is to be asked");
        }
    }

    proptest! {
        #[test]
        fn copies_have_the_same_number(keys in prop::collection::vec(prop::collection::vec(0u64..200, 0..80), 0..4)) {
            // The keys are hashes: all their bits differ.
            let keys: Vec<Vec<u64>> = keys.iter().map(|keys| keys.iter().map(|key| key.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect()).collect();
            let mut places: HashMap<u64, Vec<(usize, u32)>> = HashMap::new();
            for (ordinal, keys) in keys.iter().enumerate() {
                (0..).zip(keys).for_each(|(doc, key)| places.entry(*key).or_default().push((ordinal, doc)));
            }
            let mut expect: Vec<_> = places.into_values().filter(|places| places.len() > 1).collect();
            let mut found: HashMap<u32, Vec<(usize, u32)>> = HashMap::new();
            for (ordinal, units) in numbered(&keys).into_iter().enumerate() {
                prop_assert!(units.is_sorted());
                units.into_iter().for_each(|(doc, number)| found.entry(number).or_default().push((ordinal, doc)));
            }
            let mut found: Vec<_> = found.into_values().collect();
            expect.sort();
            found.sort();
            prop_assert_eq!(found, expect);
        }
    }
}
