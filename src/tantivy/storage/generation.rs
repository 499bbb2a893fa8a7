//! A generation of an index: a folder with Tantivy's files and the program's own.
//!
//! ```text
//! g1/commit-7    the commit file; `meta.json` names the current one
//! g1/sums        checksums
//! g1/READERS     locked (shared) by readers
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::checksums;
use super::layout::{META, Meta, READERS, REMOVED, commit_file, commit_number};
use crate::backend::Error;
use crate::files;

/// Reports whether a generation may have a commit; true if that is unknown.
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

/// Reports whether a folder is a generation of an index, maybe incomplete: it has files of one, or is empty.
///
/// # Errors
/// The folder cannot be listed.
pub fn is_generation(path: &Path) -> io::Result<bool> {
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

/// Removes a generation's folder. It is renamed first: the next run recognizes a partly removed one, and threads of
/// Tantivy that are still running can no longer write into it.
pub fn remove(path: &Path) -> io::Result<()> {
    let removed = path.with_file_name(format!(".{}{REMOVED}", path.file_name().unwrap_or_default().to_string_lossy()));
    fs::rename(path, &removed)?;
    fs::remove_dir_all(removed)
}

/// Returns an error if a generation contains a link, a pipe or a device, since Tantivy opens files by name.
pub fn refuse_links(generation: &Path) -> Result<(), Error> {
    match files::first_refused(generation).map_err(Error::io(generation))? {
        Some((path, refused)) => Err(Error::io(path)(refused.into())),
        None => Ok(()),
    }
}

/// Returns files that the commit of a generation does not refer to, left by killed or failed runs; none if `meta.json` is
/// damaged, since the needed files are unknown.
pub fn leftovers(generation: &Path) -> Vec<PathBuf> {
    let Some(needed) = checksums::needed(generation) else { return Vec::new() };
    let entries = fs::read_dir(generation).into_iter().flatten().flatten();
    let left = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(|name| may_be_leftover(name) && !needed.has(name))
    });
    left.map(|entry| entry.path()).collect()
}

/// Reports whether a file name is one that runs write.
fn may_be_leftover(name: &str) -> bool {
    let is_segments =
        name.split_once('.').is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    // Tantivy's locks, which earlier versions took, too, and its temporary files.
    let is_tantivys = name.starts_with(".tantivy-") || name.starts_with(".tmp");
    is_segments || is_tantivys || files::is_temporary(name) || commit_number(Path::new(name)).is_some()
}
