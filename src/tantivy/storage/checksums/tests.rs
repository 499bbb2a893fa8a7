use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::*;
use crate::tantivy::storage::layout::CHECKSUMS;

const ONE: Checksum = Checksum { size: 3, hash: 0xabc };

#[test]
fn lines_are_parsed_and_damage_is_detected() {
    let written = line("a file.idx", ONE);
    assert_eq!(parse(written.trim_end()), Some(("a file.idx", ONE)));
    for at in 0..written.len() - 1 {
        let mut bytes = written.trim_end().as_bytes().to_vec();
        bytes[at] ^= 1;
        assert_eq!(String::from_utf8(bytes).ok().as_deref().and_then(parse), None, "byte {at}");
    }
}

#[test]
fn partial_lines_are_ignored() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = |name: &str| {
        Checksums::open(folder.path()).and_then(|checksums| checksums.record(Path::new(name), b"x")).expect("noted")
    };
    record("a");
    let path = folder.path().join(CHECKSUMS);
    OpenOptions::new().append(true).open(&path).expect("opened").write_all(b"0123").expect("written");
    record("b");
    record("a");
    let known = read::parse_all(&fs::read(&path).expect("read"));
    assert_eq!(
        known.iter().map(|(name, checksums)| (name.as_str(), checksums.len())).collect::<Vec<_>>(),
        [("a", 2), ("b", 1)]
    );
    fs::write(folder.path().join("a"), "x").expect("written");
    Checksums::tidy(folder.path()).expect("tidied");
    assert_eq!(read::parse_all(&fs::read(&path).expect("read")).into_keys().collect::<Vec<_>>(), ["a"]);
}
