//! The segments of a commit.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tantivy::SegmentReader;

use super::Segment;
use crate::backend::Error;
use crate::tantivy::errors;

/// To hand work to another thread takes about as long as to go through so many entries.
const MUCH: usize = 20_000;

/// The segments of a commit, and the folder they are in.
pub struct Segments {
    segments: Vec<Segment>,
    generation: PathBuf,
}

impl Segments {
    pub fn new(readers: &[SegmentReader], generation: &Path) -> Self {
        let segments = readers.iter().cloned().enumerate().map(|(at, reader)| Segment::new(at, reader));
        Self { segments: segments.collect(), generation: generation.to_path_buf() }
    }

    /// Does something with each segment; in parallel where it is about many entries, all together.
    pub fn each<T: Send>(
        &self,
        entries: usize,
        act: impl Fn(&Segment) -> tantivy::Result<T> + Sync,
    ) -> Result<Vec<T>, Error> {
        let done: tantivy::Result<Vec<T>> = match entries > MUCH {
            true => self.segments.par_iter().map(&act).collect(),
            false => self.segments.iter().map(&act).collect(),
        };
        done.map_err(self.error())
    }

    /// Makes an error of what the library says of a segment.
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
