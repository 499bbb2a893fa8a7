//! Checksums of an index's files. Tantivy has sums of its own, but not of
//! all files, and looks at them only when it is asked to.
//!
//! The file `sums` in a generation has a line for each file that was written, made when that was complete and before
//! anything named it. A file that is replaced has several, since a run that is killed leaves the old one or the new. So
//! what a commit needs has a line that is true of it, whatever happened.
//!
//! ```text
//! CHECK HASH SIZE NAME      of the rest of the line, of the file: in hexadecimal; bytes
//! ```

mod read;
#[cfg(test)]
mod tests;
mod write;

use xxhash_rust::xxh3::xxh3_64;

pub use read::{damage, is_sound, needed};
pub use write::Sums;

/// The size of a file, and the hash of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    size: u64,
    hash: u64,
}

/// The line of a file.
fn line(name: &str, sum: Sum) -> String {
    let rest = format!("{:016x} {} {name}", sum.hash, sum.size);
    format!("{:016x} {rest}\n", xxh3_64(rest.as_bytes()))
}

/// What a line says; none where it is not whole.
fn parse(line: &str) -> Option<(&str, Sum)> {
    let (check, rest) = line.split_once(' ')?;
    if u64::from_str_radix(check, 16).ok()? != xxh3_64(rest.as_bytes()) {
        return None;
    }
    let mut parts = rest.splitn(3, ' ');
    let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
    let size = parts.next()?.parse().ok()?;
    Some((parts.next()?, Sum { size, hash }))
}
