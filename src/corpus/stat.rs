//! What the file system says of a file.

use std::fs;
use std::os::unix::fs::MetadataExt;

/// What the file system says of a file. Who writes to it can set the time of its content, but not that of its status,
/// and a file in the place of another is another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stat {
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change of its content, in nanoseconds since 1970.
    pub mtime: i64,
    /// Time of the last change of its content, name, owner or permissions, likewise.
    pub ctime: i64,
    /// The number of the file itself, which its names stand for.
    pub inode: u64,
}

/// Returns what of it is kept.
pub fn stat(metadata: &fs::Metadata) -> Stat {
    // Times of years that no clock has shown yet count as the last that there are.
    let time = |seconds: i64, nanos: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanos);
    Stat {
        size: metadata.len(),
        mtime: time(metadata.mtime(), metadata.mtime_nsec()),
        ctime: time(metadata.ctime(), metadata.ctime_nsec()),
        inode: metadata.ino(),
    }
}
