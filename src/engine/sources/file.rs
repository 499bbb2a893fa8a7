//! The file: the number of the commit, the spellings as JSON and the names that are likely one outlet, a line each.

use std::path::Path;

use super::Sources;
use crate::engine::Error;
use crate::engine::directory::Snapshot;
use crate::engine::matching::Segment;
use crate::engine::sums::Sums;
use crate::files;

pub const FILE: &str = "sources";

/// Finds the names of a commit out, and writes them down.
pub fn write(generation: &Path, number: u64, segments: &[Segment], sums: &Sums) -> Result<(), Error> {
    let sources = Sources::count(segments).map_err(Error::tantivy(generation))?;
    let path = generation.join(FILE);
    let spellings = serde_json::to_string(&sources.spellings).map_err(|e| Error::io(&path)(e.into()))?;
    let bytes = format!("{number}\n{spellings}\n{}\n", sources.likely).into_bytes();
    sums.note(Path::new(FILE), &bytes).and_then(|()| files::replace(&path, &bytes)).map_err(Error::io(&path))
}

/// Reads the names of a commit; none where the file is not of this one, or not whole.
pub fn read(generation: &Snapshot, number: u64) -> Option<Sources> {
    let bytes = generation.bytes_of(Path::new(FILE))?;
    let mut lines = std::str::from_utf8(&bytes).ok()?.strip_suffix('\n')?.split('\n');
    if lines.next()?.parse() != Ok(number) {
        return None;
    }
    let (spellings, likely) = (lines.next()?, lines.next()?);
    Some(Sources { spellings: serde_json::from_str(spellings).ok()?, likely: likely.to_owned() })
}
