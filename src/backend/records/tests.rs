//! Tests: decoding inverts encoding, and invalid bytes are detected.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::read;
use super::write;
use crate::backend::DigestRecord;
use crate::backend::EntryCounts;
use crate::backend::FileFacts;
use crate::backend::FileRecord;
use crate::backend::Head;
use crate::backend::State;
use crate::corpus::Stat;
use crate::digest::{Facts, LooseLinks, Warning};
use crate::model::DigestId;

fn date() -> impl Strategy<Value = NaiveDate> {
    (-400_000i32..4_000_000).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).expect("a day"))
}

fn warning() -> impl Strategy<Value = Warning> {
    (prop::option::of(0usize..1 << 40), ".*").prop_map(|(line, message)| Warning { line, message })
}

prop_compose! {
    fn digest()(
        (corpus, topic) in ("a?", "[ab]"),
        name in prop::sample::select(&["", "Hier", "那里"][..]),
        perspectives in prop::collection::vec(("[xy]", ".{0,3}"), 0..3),
        (date, variant) in (date(), prop::sample::select(&["", "en"][..])),
        draft in any::<bool>(),
        (highlights, bullets, titles) in (0usize..300, 0usize..300, any::<usize>()),
        words in any::<u64>(),
        attribution in any::<[usize; 4]>(),
        warnings in prop::collection::vec(warning(), 0..3),
        (repeated, count, examples) in (any::<usize>(), any::<usize>(), prop::collection::vec((any::<usize>(), ".*"), 0..3)),
    ) -> DigestRecord {
        let head = Arc::new(Head { corpus, topic, name: name.to_owned(), perspectives });
        let entries = EntryCounts { highlights, bullets, titles };
        let loose_links = LooseLinks { count, examples };
        DigestRecord { head, date, variant: variant.to_owned(), draft, entries, words, attribution, warnings, loose_links, repeated }
    }
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![
        6 => digest().prop_map(State::Digest),
        1 => Just(State::NotADigest),
        1 => Just(State::Draft),
        1 => warning().prop_map(State::Unusable),
        1 => ".*".prop_map(State::Unreadable),
        1 => (("a?", ".*"), date(), ".*", ".*", any::<bool>()).prop_map(|((corpus, topic), date, variant, of, draft)| {
            State::Duplicate { digest: DigestId { corpus, topic, date, variant }, of, draft }
        }),
    ]
}

prop_compose! {
    fn facts()(
        (day, reading) in (date(), any::<u64>()),
        texts in prop::array::uniform5(prop::option::of(".{0,3}")),
        (parts, items) in (prop::collection::vec(any::<u64>(), 0..3), prop::collection::vec(any::<u64>(), 0..3)),
    ) -> Arc<FileFacts> {
        let [topic, category, lang, detected, guessed] = texts;
        Arc::new(FileFacts { facts: Facts { day, topic, category, lang, detected, guessed, parts, items }, reading })
    }
}

fn files() -> impl Strategy<Value = Vec<FileRecord>> {
    let stat = (any::<u64>(), any::<i64>(), any::<i64>(), any::<u64>());
    let file = (stat, prop::option::of(any::<u64>()), state(), prop::option::of(facts()));
    prop::collection::btree_map(".*", file, 0..12).prop_map(|files| {
        let record = |(path, ((size, mtime, ctime, inode), hash, state, facts))| {
            let stat = Stat { size, mtime, ctime, inode };
            FileRecord { path, stat, hash, state, facts }
        };
        files.into_iter().map(record).collect()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(files in files()) {
        prop_assert_eq!(read(&write(&files)), Some(files));
    }

    #[test]
    fn a_part_is_no_list(files in files(), cut in any::<prop::sample::Index>(), more in any::<u8>()) {
        let mut bytes = write(&files);
        prop_assert_eq!(read(&bytes[..cut.index(bytes.len())]), None);
        bytes.push(more);
        prop_assert_eq!(read(&bytes), None);
    }

    #[test]
    fn nothing_makes_it_panic(
        files in files(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        noise in prop::collection::vec(any::<u8>(), 0..99),
    ) {
        let mut bytes = write(&files);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        read(&bytes);
        read(&noise);
    }
}

#[test]
fn files_out_of_order_are_no_list() {
    let file = |path: &str| FileRecord {
        path: path.to_owned(),
        stat: Stat::default(),
        hash: None,
        state: State::NotADigest,
        facts: None,
    };
    assert!(read(&write(&[file("a"), file("b")])).is_some());
    assert_eq!(read(&write(&[file("b"), file("a")])), None);
    assert_eq!(read(&write(&[file("a"), file("a")])), None);
}

#[test]
fn a_count_that_nothing_stands_behind_takes_no_memory() {
    assert_eq!(read(&[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), None);
}
