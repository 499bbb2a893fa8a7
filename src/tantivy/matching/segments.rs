//! The segments of a commit.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tantivy::SegmentReader;

use super::Segment;
use crate::backend::Error;
use crate::tantivy::errors;

/// Number of entries from which parallel work pays off.
const PARALLEL_MIN: usize = 20_000;

/// The segments of a commit, with their folder.
pub struct Segments {
    segments: Vec<Segment>,
    generation: PathBuf,
}

impl Segments {
    pub fn new(readers: &[SegmentReader], generation: &Path) -> Self {
        let segments = readers.iter().cloned().enumerate().map(|(at, reader)| Segment::new(at, reader));
        Self { segments: segments.collect(), generation: generation.to_path_buf() }
    }

    /// Runs a function on each segment, in parallel if they have many entries together.
    pub fn each<T: Send>(
        &self,
        entries: usize,
        act: impl Fn(&Segment) -> tantivy::Result<T> + Sync,
    ) -> Result<Vec<T>, Error> {
        let done: tantivy::Result<Vec<T>> = match entries > PARALLEL_MIN {
            true => self.segments.par_iter().map(&act).collect(),
            false => self.segments.iter().map(&act).collect(),
        };
        done.map_err(self.error())
    }

    /// Returns, by segment, the rank of each variant's number among the variants of all segments.
    pub fn variant_ranks(&self) -> tantivy::Result<Vec<Vec<u32>>> {
        let variants: Vec<_> = self.segments.iter().map(Segment::variants).collect::<Result<_, _>>()?;
        let mut all: Vec<&String> = variants.iter().flat_map(|names| &names.values).collect();
        all.sort_unstable();
        all.dedup();
        let rank = |name: &String| all.binary_search(&name).unwrap_or_default() as u32;
        Ok(variants.iter().map(|names| names.values.iter().map(rank).collect()).collect())
    }

    /// Returns a converter of Tantivy's errors.
    pub fn error(&self) -> impl FnOnce(tantivy::TantivyError) -> Error {
        errors::tantivy(&self.generation)
    }
}

impl Deref for Segments {
    type Target = [Segment];

    fn deref(&self) -> &[Segment] {
        &self.segments
    }
}
