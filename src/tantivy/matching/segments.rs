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
