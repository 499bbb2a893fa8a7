//! The file `sources`: the number of the commit on a line, then the names.

use std::path::Path;

use super::count;
use crate::backend::{Error, Sources};
use crate::files;
use crate::tantivy::errors;
use crate::tantivy::matching::Segment;
use crate::tantivy::storage::checksums::Checksums;
use crate::tantivy::storage::directory::CommitDirectory;
use crate::tantivy::storage::layout::SOURCES;

/// Counts the names of a commit, and writes the file.
pub fn write(generation: &Path, number: u64, segments: &[Segment], checksums: &Checksums) -> Result<(), Error> {
    let sources = count(segments).map_err(errors::tantivy(generation))?;
    let path = generation.join(SOURCES);
    let bytes = format!("{number}\n{}", sources.serialize()).into_bytes();
    checksums.record(Path::new(SOURCES), &bytes).and_then(|()| files::replace(&path, &bytes)).map_err(Error::io(&path))
}

/// Reads the names of a commit; `None` if the file is of another commit or damaged.
pub fn read(generation: &CommitDirectory, number: u64) -> Option<Sources> {
    let bytes = generation.bytes_of(Path::new(SOURCES))?;
    let (of, written) = std::str::from_utf8(&bytes).ok()?.split_once('\n')?;
    (of.parse() == Ok(number)).then(|| Sources::parse(written)).flatten()
}
