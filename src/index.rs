//! Opening of an index: the only module that knows the backends.

use std::path::{Path, PathBuf};

use crate::backend::{Error, Index};
use crate::opensearch::{self, Address, ClusterIndex};
use crate::planning::Reader;
use crate::tantivy::{FolderIndex, OPENING as FOLDER_OPENING};

/// The name of the thread that opens an index that may be damaged. A panic in it becomes an error.
pub const OPENING: &str = FOLDER_OPENING;

/// Reports whether an index is in a cluster.
pub fn is_address(path: &Path) -> bool {
    Address::is_one(path)
}

/// Returns the index at a path or an address, which need not exist.
pub fn at(path: &Path) -> Box<dyn Index> {
    if is_address(path) { Box::new(ClusterIndex::new(path)) } else { Box::new(FolderIndex::new(path)) }
}

/// Opens the newest commit of the index at a path.
pub fn open(path: &Path) -> Result<Reader, Error> {
    at(path).open().map(Reader::new)
}

/// Returns the folder of the ledgers of `--since-last` in the index at a path. It need not exist.
///
/// # Errors
/// The path is a symbolic link, or the index is in a cluster, which keeps no ledgers.
pub fn ledgers(path: &Path) -> Result<PathBuf, Error> {
    if is_address(path) { Err(opensearch::no_ledgers(path)) } else { crate::tantivy::ledgers(path) }
}
