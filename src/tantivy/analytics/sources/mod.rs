//! The names of sources as the columns have them.
//!
//! All spellings of a source are counted as the one that most living entries have, of equals the first; so it depends on
//! what is indexed and not on how that came about. It is found out behind each commit and written to the file `sources`
//! of the generation, which begins with the number of that commit. Where the file is missing or of another commit, the
//! columns give the same.

mod file;

use std::collections::BTreeMap;

use crate::backend::Sources;
use crate::model::Field;
use crate::tantivy::matching::{ScoredDocs, Segment};

pub use file::{read, write};

/// Counts the names that living entries have.
pub fn count(segments: &[Segment]) -> tantivy::Result<Sources> {
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    for segment in segments {
        let names = segment.names(Field::Source)?;
        let mut list = ScoredDocs::new(segment.docs(None), None);
        segment.keep_alive(&mut list);
        let mut codes = vec![0; list.docs.len()];
        names.numbers.get_vals(&list.docs, &mut codes);
        let mut counts = vec![0; names.values.len()];
        codes.iter().for_each(|code| counts[*code as usize] += 1);
        for (name, count) in names.values.iter().zip(counts).filter(|(name, count)| !name.is_empty() && *count > 0) {
            *entries.entry(name).or_default() += count;
        }
    }
    Ok(Sources::of(entries))
}

#[cfg(test)]
mod tests;
