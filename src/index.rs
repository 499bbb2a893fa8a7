//! Where an index is opened: the one place that knows which backends there are.

use std::path::{Path, PathBuf};

use crate::backend::{Error, Index};
use crate::planning::Reader;
use crate::tantivy::{FolderIndex, OPENING as FOLDER_OPENING};

/// The name of the thread on which an index is opened that may be damaged. What goes wrong there is an error of its own.
pub const OPENING: &str = FOLDER_OPENING;

/// Returns the index at a path. Nothing need be there.
pub fn at(path: &Path) -> Box<dyn Index> {
    Box::new(FolderIndex::new(path))
}

/// Opens the newest state of the index at a path.
pub fn open(path: &Path) -> Result<Reader, Error> {
    at(path).open().map(Reader::new)
}

/// Returns the folder of the index at a path in which what was new is remembered. There need be none.
///
/// # Errors
/// A link is in its place.
pub fn ledgers(path: &Path) -> Result<PathBuf, Error> {
    crate::tantivy::ledgers(path)
}
