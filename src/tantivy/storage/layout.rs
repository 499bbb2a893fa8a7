//! The names of an index's files, and what Tantivy's list of segments says.
//!
//! ```text
//! index/CURRENT      the name of the generation that counts; replaced by rename
//! index/LOCK         locked by the one writer, and says who that is
//! index/g1/          a generation
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub const CURRENT: &str = "CURRENT";

/// Locked as long as somebody writes, and says who that is.
pub const LOCK: &str = "LOCK";

/// Where Tantivy keeps the list of a commit's segments, and that of files which it may remove.
pub const META: &str = "meta.json";
pub const MANAGED: &str = ".managed.json";

/// The checksums of a generation.
pub const CHECKSUMS: &str = "sums";

/// Which entries of a generation are copies of one another, and which names of sources stand for each other.
pub const COPIES: &str = "copies";
pub const SOURCES: &str = "sources";

/// A file of a generation that readers hold a shared lock on.
pub const READERS: &str = "READERS";

/// What the name of a generation ends in while it is removed.
pub const REMOVED: &str = ".removed";

/// What Tantivy says of a commit.
#[derive(Deserialize)]
pub struct Meta {
    pub segments: Vec<SegmentMeta>,
    /// The number of the commit file; none before the first commit.
    pub payload: Option<String>,
}

#[derive(Deserialize)]
pub struct SegmentMeta {
    pub segment_id: String,
    pub deletes: Option<Deletes>,
}

#[derive(Deserialize)]
pub struct Deletes {
    pub opstamp: u64,
}

/// The name of a generation's folder.
pub fn name(number: u32) -> String {
    format!("g{number}")
}

/// The number in such a name.
pub fn number(name: &str) -> Option<u32> {
    name.strip_prefix('g').filter(|n| n.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// The commit file of a number in a generation.
pub fn commit_file(generation: &Path, number: u64) -> PathBuf {
    generation.join(format!("commit-{number}"))
}

/// The number in a commit file's name.
pub fn commit_number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_prefix("commit-")?.parse().ok()
}

/// Whether a folder has a name that one gets which is removed.
pub fn is_removed(name: &str) -> bool {
    name.strip_prefix('.').and_then(|name| name.strip_suffix(REMOVED)).and_then(number).is_some()
}
