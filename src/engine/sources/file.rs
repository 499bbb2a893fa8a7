//! The file: the number of the commit in the first line, behind it JSON.

use std::path::Path;

use super::Sources;
use crate::engine::Error;
use crate::engine::directory::Snapshot;
use crate::engine::folder::replace;
use crate::engine::matching::Segment;
use crate::engine::sums::Sums;

pub const FILE: &str = "sources";

/// Finds the names of a commit out, and writes them down.
pub fn write(generation: &Path, number: u64, segments: &[Segment], sums: &Sums) -> Result<(), Error> {
    let sources = Sources::count(segments).map_err(Error::tantivy(generation))?;
    let path = generation.join(FILE);
    let json = serde_json::to_string(&sources).map_err(|e| Error::io(&path)(e.into()))?;
    let bytes = format!("{number}\n{json}\n").into_bytes();
    sums.note(Path::new(FILE), &bytes).and_then(|()| replace(&path, &bytes)).map_err(Error::io(&path))
}

/// Reads the names of a commit; none where the file is not of this one, or not whole.
pub fn read(generation: &Snapshot, number: u64) -> Option<Sources> {
    let bytes = generation.bytes_of(Path::new(FILE))?;
    let (of, json) = std::str::from_utf8(&bytes).ok()?.split_once('\n')?;
    (of.parse() == Ok(number)).then(|| serde_json::from_str(json).ok()).flatten()
}
