//! The file: the number of the commit in a line, and the names.

use std::path::Path;

use super::count;
use crate::backend::{Error, Sources};
use crate::files;
use crate::tantivy::errors;
use crate::tantivy::matching::Segment;
use crate::tantivy::storage::checksums::Sums;
use crate::tantivy::storage::directory::CommitDirectory;
use crate::tantivy::storage::layout::SOURCES;

/// Finds the names of a commit out, and writes them down.
pub fn write(generation: &Path, number: u64, segments: &[Segment], sums: &Sums) -> Result<(), Error> {
    let sources = count(segments).map_err(errors::tantivy(generation))?;
    let path = generation.join(SOURCES);
    let bytes = format!("{number}\n{}", sources.written()).into_bytes();
    sums.note(Path::new(SOURCES), &bytes).and_then(|()| files::replace(&path, &bytes)).map_err(Error::io(&path))
}

/// Reads the names of a commit; none where the file is not of this one, or not whole.
pub fn read(generation: &CommitDirectory, number: u64) -> Option<Sources> {
    let bytes = generation.bytes_of(Path::new(SOURCES))?;
    let (of, written) = std::str::from_utf8(&bytes).ok()?.split_once('\n')?;
    (of.parse() == Ok(number)).then(|| Sources::parse(written)).flatten()
}
