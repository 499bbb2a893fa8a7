//! Sums of an index's files: what was written, to be held against what is there. Tantivy has sums of its own, but not of
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

use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use super::Error;
use super::directory::META;
use super::folder::Folder;
use super::lock;
use super::reader::ATTEMPTS;
use crate::files;

pub use read::{is_sound, needed};
pub use write::Sums;

pub const FILE: &str = "sums";

/// A file of an index that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
}

/// Files of an index that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// How many there were.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// What is wrong with them, by path.
    pub damage: Vec<Damage>,
}

/// The size of a file, and the hash of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    size: u64,
    hash: u64,
}

/// How files are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// At all bytes of those that say what counts, which each commit writes anew; at the sizes of the others. It takes
    /// no time.
    State,
    /// At all their bytes.
    Bytes,
}

/// Holds the files of an index's newest commit against what was written.
///
/// # Errors
/// There is no index, or a file can't be read now, which says nothing of what it holds.
pub fn damage(index: &Path, depth: Depth) -> Result<Held, Error> {
    let folder = Folder::new(index);
    for attempt in 1.. {
        let held = match folder.hold_current() {
            Err(Error::Damaged { path, message }) => return Ok(Held::only(Damage { path, message })),
            held => held?,
        };
        let written = || (folder.current().ok(), [META, FILE].map(|name| files::read(&held.path.join(name)).ok()));
        let before = written();
        let found = read::damage(&held.path, depth);
        // A commit that is made meanwhile replaces and removes files, and has noted what it writes before.
        let is_sound = found.as_ref().is_ok_and(|found| found.damage.is_empty());
        if is_sound || written() == before || attempt == ATTEMPTS {
            return found;
        }
    }
    unreachable!("the last attempt returns")
}

/// Makes an error of what is wrong with the files of an index.
///
/// # Errors
/// As those of [`damage`], and the first file that is damaged.
pub fn verify(index: &Path, depth: Depth) -> Result<(), Error> {
    match damage(index, depth)?.damage.into_iter().next() {
        Some(Damage { path, message }) => Err(Error::Damaged { path, message }),
        None => Ok(()),
    }
}

/// Returns files and folders of an index that nothing needs, left by runs that were killed: the next run of `index` removes
/// them. None while somebody writes, whose files they are.
pub fn left_behind(index: &Path) -> Vec<PathBuf> {
    let folder = Folder::new(index);
    if lock::is_taken(index) {
        return Vec::new();
    }
    let left = folder.left_behind();
    // A writer may have begun meanwhile.
    if lock::is_taken(index) { Vec::new() } else { left }
}

impl Held {
    /// Nothing but what is wrong with a file without which the others can't be looked at.
    fn only(damage: Damage) -> Self {
        Self { damage: vec![damage], ..Self::default() }
    }
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
