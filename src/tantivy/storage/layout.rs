//! File names of an index, and the contents of Tantivy's list of segments.
//!
//! ```text
//! index/CURRENT      the name of the current generation; replaced by rename
//! index/LOCK         locked by the writer; its contents identify the writer
//! index/g1/          a generation
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub const CURRENT: &str = "CURRENT";

/// The write lock; its contents identify the writer.
pub const LOCK: &str = "LOCK";

/// Tantivy's list of a commit's segments, and its list of files that it may remove.
pub const META: &str = "meta.json";
pub const MANAGED: &str = ".managed.json";

/// The checksums of a generation.
pub const CHECKSUMS: &str = "sums";

/// Derived data of a commit: copies, and spellings of sources.
pub const COPIES: &str = "copies";
pub const SOURCES: &str = "sources";

/// Locked (shared) by the readers of a generation.
pub const READERS: &str = "READERS";

/// The suffix of a generation's name while it is removed.
pub const REMOVED: &str = ".removed";

/// The part of `meta.json` that is used here.
#[derive(Deserialize)]
pub struct Meta {
    pub segments: Vec<SegmentMeta>,
    /// The number of the commit file; `None` before the first commit.
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

/// Returns the name of a generation's folder.
pub fn name(number: u32) -> String {
    format!("g{number}")
}

/// Parses the name of a generation's folder.
pub fn number(name: &str) -> Option<u32> {
    name.strip_prefix('g').filter(|n| n.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

/// Returns the path of a commit file in a generation.
pub fn commit_file(generation: &Path, number: u64) -> PathBuf {
    generation.join(format!("commit-{number}"))
}

/// Parses the name of a commit file.
pub fn commit_number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_prefix("commit-")?.parse().ok()
}

/// Reports whether a folder's name is that of a generation being removed.
pub fn is_removed(name: &str) -> bool {
    name.strip_prefix('.').and_then(|name| name.strip_suffix(REMOVED)).and_then(number).is_some()
}
