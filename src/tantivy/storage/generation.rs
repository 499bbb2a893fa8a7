//! A generation of an index: a folder with Tantivy's files, and what it holds besides.
//!
//! ```text
//! g1/commit-7    the list of what is indexed; `meta.json` says which one counts
//! g1/sums        what was written
//! g1/READERS     a file that readers hold a shared lock on
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::checksums;
use super::layout::{META, Meta, READERS, REMOVED, commit_file, commit_number};
use crate::backend::Error;
use crate::files;

/// Whether a commit was made in a generation, though it may not count. Where that can't be told, one may have been.
pub fn may_be_complete(generation: &Path) -> bool {
    let meta = match files::read(&generation.join(META)) {
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return false,
        meta => meta.ok().and_then(|meta| serde_json::from_slice::<Meta>(&meta).ok()),
    };
    meta.is_none_or(|meta| {
        let number = meta.payload.and_then(|number| number.parse().ok());
        number.is_some_and(|number| commit_file(generation, number).is_file())
    })
}

/// Whether a folder is a generation of an index, or was to become one: it holds what nobody else has, or nothing.
///
/// # Errors
/// It can't be listed, and may be anybody's.
pub fn is_one(path: &Path) -> io::Result<bool> {
    let is_ours = |path: &Path| commit_number(path).is_some() || path.ends_with(READERS);
    let mut is_empty = true;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if is_ours(&entry.path()) && entry.file_type()?.is_file() {
            return Ok(true);
        }
        is_empty = false;
    }
    Ok(is_empty)
}

/// Removes a generation's folder. It is given another name first: a run that is killed meanwhile leaves what the next
/// knows for removed, and Tantivy's threads, of which some may still be at work, can put nothing into it any more.
pub fn remove(path: &Path) -> io::Result<()> {
    let removed = path.with_file_name(format!(".{}{REMOVED}", path.file_name().unwrap_or_default().to_string_lossy()));
    fs::rename(path, &removed)?;
    fs::remove_dir_all(removed)
}

/// Refuses a generation in which something is a link, a pipe or a device: Tantivy opens files by their names.
pub fn refuse_links(generation: &Path) -> Result<(), Error> {
    match files::first_refused(generation).map_err(Error::io(generation))? {
        Some((path, refused)) => Err(Error::io(path)(refused.into())),
        None => Ok(()),
    }
}

/// Files of a generation that its commit does not name, left by runs that were killed or could not write. None where
/// `meta.json` is not what was written: then it is not known what is needed.
pub fn left_behind(generation: &Path) -> Vec<PathBuf> {
    let Some(needed) = checksums::needed(generation) else { return Vec::new() };
    let entries = fs::read_dir(generation).into_iter().flatten().flatten();
    let left = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(|name| may_be_left(name) && !needed.has(name))
    });
    left.map(|entry| entry.path()).collect()
}

/// Whether a file has a name that a run gives to files, some of which it replaces or removes before it ends.
fn may_be_left(name: &str) -> bool {
    let is_segments =
        name.split_once('.').is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    // Tantivy's own locks, which earlier versions took beside ours, and its temporary files.
    let is_tantivys = name.starts_with(".tantivy-") || name.starts_with(".tmp");
    is_segments || is_tantivys || files::is_temporary(name) || commit_number(Path::new(name)).is_some()
}
