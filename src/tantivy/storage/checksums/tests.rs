use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::*;
use crate::tantivy::storage::layout::CHECKSUMS;

const ONE: Sum = Sum { size: 3, hash: 0xabc };

#[test]
fn a_line_says_what_was_written() {
    let written = line("a file.idx", ONE);
    assert_eq!(parse(written.trim_end()), Some(("a file.idx", ONE)));
    for at in 0..written.len() - 1 {
        let mut bytes = written.trim_end().as_bytes().to_vec();
        bytes[at] ^= 1;
        assert_eq!(String::from_utf8(bytes).ok().as_deref().and_then(parse), None, "byte {at}");
    }
}

#[test]
fn what_a_killed_run_left_is_no_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let note = |name: &str| Sums::open(folder.path()).and_then(|sums| sums.note(Path::new(name), b"x")).expect("noted");
    note("a");
    let path = folder.path().join(CHECKSUMS);
    OpenOptions::new().append(true).open(&path).expect("opened").write_all(b"0123").expect("written");
    note("b");
    note("a");
    let known = read::known(&fs::read(&path).expect("read"));
    assert_eq!(known.iter().map(|(name, sums)| (name.as_str(), sums.len())).collect::<Vec<_>>(), [("a", 2), ("b", 1)]);
    fs::write(folder.path().join("a"), "x").expect("written");
    Sums::tidy(folder.path()).expect("tidied");
    assert_eq!(read::known(&fs::read(&path).expect("read")).into_keys().collect::<Vec<_>>(), ["a"]);
}
