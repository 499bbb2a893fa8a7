//! File metadata.

use std::fs;
use std::os::unix::fs::MetadataExt;

/// Metadata by which a changed file is detected. A writer can set `mtime` but not `ctime`, and a replaced file has
/// another inode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stat {
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change of content, in nanoseconds since 1970.
    pub mtime: i64,
    /// Time of the last change of content, name, owner or permissions, in nanoseconds since 1970.
    pub ctime: i64,
    /// Inode number.
    pub inode: u64,
}

/// Converts the metadata of the standard library.
pub fn stat(metadata: &fs::Metadata) -> Stat {
    // Saturates at the year 2262.
    let time = |seconds: i64, nanos: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanos);
    Stat {
        size: metadata.len(),
        mtime: time(metadata.mtime(), metadata.mtime_nsec()),
        ctime: time(metadata.ctime(), metadata.ctime_nsec()),
        inode: metadata.ino(),
    }
}
