//! Writes: takes documents and commits them together with the list of what is indexed.

use std::collections::HashSet;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{IndexSettings, IndexWriter, SegmentMeta, SegmentReader, TantivyError};

use super::backlog::Backlog;
use super::batch::{Added, added};
use super::merges::SoundMerges;
use crate::backend::{self, Commit, Committed, Error, Session};
use crate::model::{DigestId, Document};
use crate::tantivy::analytics::sources;
use crate::tantivy::matching::Segments;
use crate::tantivy::ranking::copies::{self, Copies};
use crate::tantivy::storage::checksums::{self, Sums};
use crate::tantivy::storage::directory::{CommitDirectory, TrackedDirectory};
use crate::tantivy::storage::folder::Folder;
use crate::tantivy::storage::generation;
use crate::tantivy::storage::layout::{CHECKSUMS, commit_file};
use crate::tantivy::{errors, fields, manifest};

/// Tantivy buffers so much, all threads together, before it writes a segment.
const BUFFER_BYTES: usize = 256 << 20;

/// Tantivy looks at how much it buffers after each digest. One whose words are all different takes up to so many times
/// its size.
const GROWTH: usize = 32;

/// Threads may exceed what they should buffer by so much, all together.
const EXCESS_BYTES: usize = 128 << 20;

/// Bytes of stored texts that are compressed together. All of them are decompressed for one hit: twice as many cost a
/// query 6% of its time and save 3.5% of an index.
const STORED_TOGETHER: usize = 2048;

/// More threads are of no use to Tantivy.
const MAX_THREADS: usize = 8;

/// An index that this process, and no other, may write.
pub struct Store {
    folder: Folder,
    _lock: File,
}

/// Documents on their way into a generation. Dropped without a commit, it changes nothing.
pub struct Writer<'a> {
    store: &'a Store,
    /// The generation's name, where it does not count yet.
    new: Option<String>,
    path: PathBuf,
    writer: IndexWriter<Added>,
    backlog: Arc<Backlog>,
    /// Of the commit to be made.
    number: u64,
    sums: Sums,
    /// Segments of earlier commits.
    earlier: HashSet<SegmentId>,
    /// That what says where their entries are is as it was written; not known until entries are to go.
    finds: AtomicBool,
    damaged: Arc<AtomicBool>,
    committing: Arc<AtomicBool>,
}

impl Store {
    /// Becomes the one writer of an index, which need not exist yet, and clears away what a killed run left.
    pub fn lock(path: &Path) -> Result<Self, Error> {
        let folder = Folder::new(path);
        let lock = folder.lock()?;
        Ok(Self { folder, _lock: lock })
    }

    /// Goes on with the current generation.
    fn current(&self, largest: u64) -> Result<Writer<'_>, Error> {
        let name = self.folder.current()?.ok_or_else(|| Error::Missing { path: self.folder.path().to_path_buf() })?;
        let path = self.folder.path().join(name);
        generation::refuse_links(&path)?;
        let sums = Sums::open(&path).map_err(Error::io(path.join(CHECKSUMS)))?;
        let index = TrackedDirectory::open(&path, sums.clone())
            .and_then(tantivy::Index::open)
            .map_err(errors::tantivy(&path))?;
        self.writer(None, path, &index, sums, largest)
    }

    /// Begins a new generation, which replaces the current one when it is committed.
    fn next(&self, largest: u64) -> Result<Writer<'_>, Error> {
        let (name, path) = self.folder.next_generation()?;
        let settings = IndexSettings {
            docstore_blocksize: STORED_TOGETHER,
            docstore_compress_dedicated_thread: false,
            ..Default::default()
        };
        let builder = tantivy::Index::builder().schema(fields::schema()).settings(settings);
        let sums = Sums::open(&path).map_err(Error::io(path.join(CHECKSUMS)))?;
        let index = TrackedDirectory::open(&path, sums.clone())
            .and_then(|directory| builder.open_or_create(directory))
            .map_err(|error| refused(&path, &sums, error))?;
        self.writer(Some(name), path, &index, sums, largest)
    }

    fn writer(
        &self,
        new: Option<String>,
        path: PathBuf,
        index: &tantivy::Index,
        sums: Sums,
        largest: u64,
    ) -> Result<Writer<'_>, Error> {
        let (threads, bytes) = buffers(rayon::current_num_threads(), largest);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(bytes)
            .num_merge_threads(1)
            .build();
        let last = index.load_metas().map_err(errors::tantivy(&path))?;
        let number = 1 + last.payload.as_deref().and_then(|n| n.parse::<u64>().ok()).unwrap_or_default();
        let writer = index.writer_with_options(options).map_err(|error| refused(&path, &sums, error))?;
        let earlier: HashSet<_> = last.segments.iter().map(SegmentMeta::id).collect();
        let (damaged, committing) = <(Arc<AtomicBool>, Arc<AtomicBool>)>::default();
        let merges = SoundMerges::new(path.clone(), earlier.clone(), Arc::clone(&damaged), Arc::clone(&committing));
        writer.set_merge_policy(Box::new(merges));
        let (backlog, finds) = Default::default();
        Ok(Writer { store: self, new, path, writer, backlog, number, sums, earlier, finds, damaged, committing })
    }
}

impl Session for Store {
    fn update(&self, largest: u64) -> Result<Box<dyn backend::Writer + '_>, Error> {
        Ok(Box::new(self.current(largest)?))
    }

    fn rebuild(&self, largest: u64) -> Result<Box<dyn backend::Writer + '_>, Error> {
        Ok(Box::new(self.next(largest)?))
    }
}

/// How many threads Tantivy gets, and how many bytes each may buffer.
fn buffers(threads: usize, largest: u64) -> (usize, usize) {
    let excess = usize::try_from(largest).unwrap_or(usize::MAX).saturating_mul(GROWTH).clamp(1, EXCESS_BYTES);
    let threads = threads.min(MAX_THREADS).min(EXCESS_BYTES / excess);
    (threads, BUFFER_BYTES / threads - excess)
}

/// Why something could not be written into a generation.
fn refused(generation: &Path, sums: &Sums, error: TantivyError) -> Error {
    match sums.refusal() {
        Some((name, source)) => Error::Io { path: generation.join(name), source },
        None => errors::write(generation)(error),
    }
}

/// Writes down which entries are copies of one another, and which names of sources stand for each other.
fn find_out(path: &Path, number: u64, sums: &Sums) -> Result<(), Error> {
    let directory = CommitDirectory::open(path).map_err(errors::tantivy(path))?;
    let open = || {
        let index = tantivy::Index::open(directory.clone())?;
        index.searchable_segments()?.iter().map(SegmentReader::open).collect::<tantivy::Result<Vec<_>>>()
    };
    let segments = Segments::new(&open().map_err(errors::tantivy(path))?, path);
    // A commit of a new day may have the segments of the last.
    if Copies::open(&directory, &segments).is_none() {
        copies::write(path, &segments, sums)?;
    }
    sources::write(path, number, &segments, sums)
}

impl backend::Writer for Writer<'_> {
    fn remove(&self, digest: &DigestId) -> Result<(), Error> {
        if !self.finds.load(Ordering::Relaxed) {
            for segment in &self.earlier {
                if !checksums::is_sound(&self.path, segment, &["term", "idx"])? {
                    let message = "what says where entries are is not what was written".to_owned();
                    return Err(Error::Damaged { path: self.path.clone(), message });
                }
            }
        }
        self.finds.store(true, Ordering::Relaxed);
        self.writer.delete_term(fields::digest_term(digest));
        Ok(())
    }

    fn add(&self, documents: Vec<Document>) -> Result<(), Error> {
        let bytes = documents.iter().map(|d| d.text.len() + d.url.as_ref().map_or(0, String::len)).sum();
        let place = self.backlog.enter(bytes);
        let operations = added(documents, place).map(UserOperation::Add);
        self.writer.run(operations).map(|_| ()).map_err(|error| refused(&self.path, &self.sums, error))
    }

    fn discard(self: Box<Self>) {
        let Self { store, new, path, writer, .. } = *self;
        drop(writer);
        let counts = |name| match store.folder.current() {
            Ok(current) => current.is_some_and(|current| current == name),
            // It names none, so not this one either.
            Err(Error::Damaged { .. }) => false,
            Err(_) => true,
        };
        // What can't be removed now, or was written to a generation that counts, the next writer clears away.
        if new.is_some_and(|name| !counts(name)) {
            let _ = generation::remove(&path);
        }
    }

    fn commit(mut self: Box<Self>, commit: &Commit<'_>) -> Result<Committed, Error> {
        if let Err(error) = self.make(commit) {
            self.discard();
            return Err(error);
        }
        // From here on the new state counts. What follows is tidying up: where it fails, the next run does it.
        let merged = self.writer.wait_merging_threads();
        // Tantivy keeps to itself why its threads could not merge segments.
        let unfinished = self.sums.refusal().map(|(name, source)| Error::Io { path: self.path.join(name), source });
        let unfinished = unfinished.or_else(|| merged.err().map(errors::write(&self.path)));
        // Tantivy panics over some bytes that it has not written.
        let found = panic::catch_unwind(AssertUnwindSafe(|| find_out(&self.path, self.number, &self.sums)));
        let was_readable = !matches!(found, Err(_) | Ok(Err(Error::Damaged { .. } | Error::Unavailable { .. })));
        let is_sound = was_readable && !self.damaged.load(Ordering::Relaxed);
        self.store.folder.sweep();
        // Damage that has been met is to be known to the next run, too, should this one not come to mend it.
        let tidied = if is_sound { Sums::tidy(&self.path) } else { Sums::distrust(&self.path) };
        let tidied = tidied.map_err(Error::io(self.path.join(CHECKSUMS)));
        let tidied = found.unwrap_or(Ok(())).and(tidied).err().filter(|error| matches!(error, Error::Io { .. }));
        Ok(Committed { is_sound, unfinished: unfinished.or(tidied) })
    }
}

impl Writer<'_> {
    fn make(&mut self, commit: &Commit<'_>) -> Result<(), Error> {
        manifest::write(commit, &commit_file(&self.path, self.number), &self.sums)?;
        let prepared = self.writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&self.number.to_string());
            self.committing.store(true, Ordering::Relaxed);
            prepared.commit()
        });
        prepared.map_err(|error| refused(&self.path, &self.sums, error))?;
        self.new.as_ref().map_or(Ok(()), |name| self.store.folder.set_current(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_buffered_is_bounded_whatever_is_read() {
        for threads in [1, 2, 3, 8, 16, 1000] {
            for largest in [0, 1, 15 << 10, 300 << 10, 1 << 20, 4 << 20, u64::MAX] {
                let (workers, bytes) = buffers(threads, largest);
                assert!((1..=threads.min(MAX_THREADS)).contains(&workers), "{threads} {largest}");
                assert!(bytes >= 15_000_000, "as much as Tantivy wants at least: {threads} {largest}");
                let excess = (largest as usize).saturating_mul(GROWTH).min(EXCESS_BYTES);
                assert!(workers * (bytes + excess) <= BUFFER_BYTES, "{threads} {largest}");
            }
        }
        assert_eq!(buffers(16, 15 << 10).0, MAX_THREADS, "digests as they are");
    }
}
