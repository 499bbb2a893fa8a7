//! Checksums of an index's files. Tantivy has checksums, too, but not of all files, and verifies them only on request.
//!
//! The file `sums` in a generation has a line for each written file, added when the file is complete and before anything
//! refers to it. A replaced file has several lines, since a killed run leaves either version. So every file of a commit
//! has a matching line, whatever happened.
//!
//! ```text
//! CHECK HASH SIZE NAME      CHECK is the hash of the rest of the line; hashes in hexadecimal
//! ```

mod read;
#[cfg(test)]
mod tests;
mod write;

use xxhash_rust::xxh3::xxh3_64;

pub use read::{damage, is_sound, needed};
pub use write::Checksums;

/// The size and hash of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Checksum {
    size: u64,
    hash: u64,
}

/// Formats the line of a file.
fn line(name: &str, checksum: Checksum) -> String {
    let rest = format!("{:016x} {} {name}", checksum.hash, checksum.size);
    format!("{:016x} {rest}\n", xxh3_64(rest.as_bytes()))
}

/// Parses a line; `None` if it is damaged.
fn parse(line: &str) -> Option<(&str, Checksum)> {
    let (check, rest) = line.split_once(' ')?;
    if u64::from_str_radix(check, 16).ok()? != xxh3_64(rest.as_bytes()) {
        return None;
    }
    let mut parts = rest.splitn(3, ' ');
    let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
    let size = parts.next()?.parse().ok()?;
    Some((parts.next()?, Checksum { size, hash }))
}
