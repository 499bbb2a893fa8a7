use std::collections::{BTreeMap, HashMap};
use std::fs;

use proptest::prelude::*;

use super::write::numbered;
use super::*;
use crate::backend::Catalog;
use crate::backend::{Commit, Session, Shards};
use crate::digest::documents;
use crate::digest::{Conventions, Digest, Outcome, parse};
use crate::model::CustomFields;
use crate::tantivy::indexing::writer::Store;
use crate::tantivy::snapshot::OpenCommit;
use crate::tantivy::storage::folder::Folder;
use crate::tantivy::storage::layout::COPIES;

/// Returns a digest with titles.
fn digest(day: u32, titles: &[&str]) -> Digest {
    let head = format!(
        "---\ntopic: t\ntopicName: T\ndate: 2026-01-{day:02}\nperspectives: [{{id: a, name: A, count: 9}}]\n---\n"
    );
    let titles: String = (1..)
        .zip(titles)
        .map(|(n, title)| format!("{n}. [{title}](https://example.com/{n}) - Daily (1/1/2026)\n"))
        .collect();
    match parse(&format!("{head}\n## Sources\n\n{titles}"), &Conventions::default()).outcome {
        Outcome::Digest(digest) => *digest,
        other => panic!("{other:?}"),
    }
}

fn commit() -> Commit<'static> {
    let catalog = Catalog { version: crate::digest::VERSION, ..Catalog::default() };
    Commit { catalog, ..Commit::default() }
}

/// Returns the groups of copies.
fn groups(copied: impl Fn(&ScoredDocs, &Segment) -> CopyKeys, reader: &OpenCommit) -> Vec<Vec<(usize, usize)>> {
    let mut groups: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for segment in reader.segments.iter() {
        let list = ScoredDocs { docs: segment.docs(None), numbers: Vec::new() };
        let CopyKeys { places, keys } = copied(&list, segment);
        let entries = places.into_iter().zip(keys);
        entries.for_each(|(place, key)| groups.entry(key).or_default().push((segment.ordinal, place as usize)));
    }
    let mut groups: Vec<_> = groups.into_values().filter(|entries| entries.len() > 1).collect();
    groups.sort();
    groups
}

#[test]
fn the_file_equals_the_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let steps: [&[&[&str]]; 3] = [&[&["One", "Two", "one!"], &["Two", "Three"]], &[&["Four", "Three"]], &[&["Five"]]];
    let mut day = 0;
    for (step, digests) in steps.into_iter().enumerate() {
        let store = Store::lock(folder.path()).expect("locked");
        let writer =
            if step == 0 { store.rebuild(0, CustomFields::default(), Shards::default()) } else { store.update(0) }
                .expect("a writer");
        for titles in digests {
            day += 1;
            writer.add(documents(digest(day, titles), &Conventions::default())).expect("added");
        }
        if step == 2 {
            writer.remove(&"t/2026-01-01".parse().expect("an id")).expect("removed");
        }
        writer.commit(&commit()).expect("committed");
        let reader = open(folder.path());
        let copies = reader.copies().expect("the file is current");
        let by_column = groups(|list, segment| CopyKeys::by_column(list, segment).expect("read"), &reader);
        assert_eq!(groups(|list, segment| copies.of(list, segment), &reader), by_column);
        // Dead entries may still be included.
        assert!(by_column.len() >= [2, 3, 1][step], "{by_column:?}");
    }
    let path = folder.path().join("g1").join(COPIES);
    let whole = fs::read(&path).expect("read");
    for cut in [0, 40, whole.len() - 1] {
        fs::write(&path, &whole[..cut]).expect("written");
        assert!(open(folder.path()).copies().is_none(), "read from the column");
    }
}

proptest! {
    #[test]
    fn copies_have_the_same_number(keys in prop::collection::vec(prop::collection::vec(0u64..200, 0..80), 0..4)) {
        // Keys are hashes, with random bits.
        let keys: Vec<Vec<u64>> = keys.iter().map(|keys| keys.iter().map(|key| key.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect()).collect();
        let mut places: HashMap<u64, Vec<(usize, u32)>> = HashMap::new();
        for (ordinal, keys) in keys.iter().enumerate() {
            (0..).zip(keys).for_each(|(doc, key)| places.entry(*key).or_default().push((ordinal, doc)));
        }
        let mut expect: Vec<_> = places.into_values().filter(|places| places.len() > 1).collect();
        let mut found: HashMap<u32, Vec<(usize, u32)>> = HashMap::new();
        for (ordinal, entries) in numbered(&keys).into_iter().enumerate() {
            prop_assert!(entries.is_sorted());
            entries.into_iter().for_each(|(doc, number)| found.entry(number).or_default().push((ordinal, doc)));
        }
        let mut found: Vec<_> = found.into_values().collect();
        expect.sort();
        found.sort();
        prop_assert_eq!(found, expect);
    }
}

fn open(index: &std::path::Path) -> OpenCommit {
    let generation = Folder::new(index).pin_current().expect("an index");
    OpenCommit::open(generation).expect("opened")
}
