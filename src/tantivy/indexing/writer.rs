//! The writer: adds and removes documents and commits them with the list of files.

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
use super::batch::{BatchDocument, batch_documents};
use super::merges::VerifiedMerges;
use crate::backend::{self, Commit, Committed, Error, Session, Shards};
use crate::model::{CustomFields, DigestId, Document};
use crate::tantivy::analytics::sources;
use crate::tantivy::fields::{self, schema};
use crate::tantivy::matching::Segments;
use crate::tantivy::ranking::copies::{self, Copies};
use crate::tantivy::storage::checksums::{self, Checksums};
use crate::tantivy::storage::directory::{CommitDirectory, TrackedDirectory};
use crate::tantivy::storage::folder::Folder;
use crate::tantivy::storage::generation;
use crate::tantivy::storage::layout::{CHECKSUMS, commit_file};
use crate::tantivy::{errors, manifest};

/// Memory budget of Tantivy's buffers, all threads together.
const BUFFER_BYTES: usize = 256 << 20;

/// Growth factor of a digest in the buffer if all its words are different; Tantivy checks the budget after each digest.
const GROWTH: usize = 32;

/// Maximum excess over the budget, all threads together.
const EXCESS_BYTES: usize = 128 << 20;

/// Block size of the document store. A hit decompresses a block: doubling the size costs a query 6% of its time and saves
/// 3.5% of an index.
const STORE_BLOCK_BYTES: usize = 2048;

/// Maximum number of Tantivy's threads; more have no effect.
const MAX_THREADS: usize = 8;

/// An index locked for writing.
pub struct Store {
    folder: Folder,
    _lock: File,
}

/// Uncommitted changes to a generation. Dropped without a commit, they have no effect.
pub struct Writer<'a> {
    store: &'a Store,
    /// The name of a new generation.
    new: Option<String>,
    path: PathBuf,
    writer: IndexWriter<BatchDocument>,
    backlog: Arc<Backlog>,
    /// The number of the next commit.
    number: u64,
    checksums: Checksums,
    /// Segments of earlier commits.
    earlier: HashSet<SegmentId>,
    /// Whether the postings of earlier segments are verified, which removals require.
    is_verified: AtomicBool,
    damaged: Arc<AtomicBool>,
    committing: Arc<AtomicBool>,
}

impl Store {
    /// Locks an index, which need not exist yet, and removes leftovers of killed runs.
    pub fn lock(path: &Path) -> Result<Self, Error> {
        let folder = Folder::new(path);
        let lock = folder.lock()?;
        Ok(Self { folder, _lock: lock })
    }

    /// Opens the current generation for writing.
    fn current(&self, largest: u64) -> Result<Writer<'_>, Error> {
        let name = self.folder.current()?.ok_or_else(|| Error::Missing { path: self.folder.path().to_path_buf() })?;
        let path = self.folder.path().join(name);
        generation::refuse_links(&path)?;
        let checksums = Checksums::open(&path).map_err(Error::io(path.join(CHECKSUMS)))?;
        let index = TrackedDirectory::open(&path, checksums.clone())
            .and_then(tantivy::Index::open)
            .map_err(errors::tantivy(&path))?;
        self.writer(None, path, &index, checksums, largest)
    }

    /// Creates a new generation, which replaces the current one on commit.
    fn next(&self, largest: u64, fields: CustomFields) -> Result<Writer<'_>, Error> {
        let (name, path) = self.folder.next_generation()?;
        let settings = IndexSettings {
            docstore_blocksize: STORE_BLOCK_BYTES,
            docstore_compress_dedicated_thread: false,
            ..Default::default()
        };
        let builder = tantivy::Index::builder().schema(schema(fields)).settings(settings);
        let checksums = Checksums::open(&path).map_err(Error::io(path.join(CHECKSUMS)))?;
        let index = TrackedDirectory::open(&path, checksums.clone())
            .and_then(|directory| builder.open_or_create(directory))
            .map_err(|error| write_error(&path, &checksums, error))?;
        self.writer(Some(name), path, &index, checksums, largest)
    }

    fn writer(
        &self,
        new: Option<String>,
        path: PathBuf,
        index: &tantivy::Index,
        checksums: Checksums,
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
        let writer = index.writer_with_options(options).map_err(|error| write_error(&path, &checksums, error))?;
        let earlier: HashSet<_> = last.segments.iter().map(SegmentMeta::id).collect();
        let (damaged, committing) = <(Arc<AtomicBool>, Arc<AtomicBool>)>::default();
        let merges = VerifiedMerges::new(path.clone(), earlier.clone(), Arc::clone(&damaged), Arc::clone(&committing));
        writer.set_merge_policy(Box::new(merges));
        let (backlog, is_verified) = Default::default();
        Ok(Writer {
            store: self,
            new,
            path,
            writer,
            backlog,
            number,
            checksums,
            earlier,
            is_verified,
            damaged,
            committing,
        })
    }
}

impl Session for Store {
    fn update(&self, largest: u64) -> Result<Box<dyn backend::Writer + '_>, Error> {
        Ok(Box::new(self.current(largest)?))
    }

    fn rebuild(
        &self,
        largest: u64,
        fields: CustomFields,
        _shards: Shards,
    ) -> Result<Box<dyn backend::Writer + '_>, Error> {
        Ok(Box::new(self.next(largest, fields)?))
    }
}

/// Returns the number of Tantivy's threads, and the buffer size of each.
fn buffers(threads: usize, largest: u64) -> (usize, usize) {
    let excess = usize::try_from(largest).unwrap_or(usize::MAX).saturating_mul(GROWTH).clamp(1, EXCESS_BYTES);
    let threads = threads.min(MAX_THREADS).min(EXCESS_BYTES / excess);
    (threads, BUFFER_BYTES / threads - excess)
}

/// Returns the error of a failed write into a generation.
fn write_error(generation: &Path, checksums: &Checksums, error: TantivyError) -> Error {
    match checksums.first_error() {
        Some((name, source)) => Error::Io { path: generation.join(name), source },
        None => errors::write(generation)(error),
    }
}

/// Writes the derived files of a commit: copies, and spellings of sources.
fn write_derived(path: &Path, number: u64, checksums: &Checksums) -> Result<(), Error> {
    let directory = CommitDirectory::open(path).map_err(errors::tantivy(path))?;
    let open = || {
        let index = tantivy::Index::open(directory.clone())?;
        index.searchable_segments()?.iter().map(SegmentReader::open).collect::<tantivy::Result<Vec<_>>>()
    };
    let segments = Segments::new(&open().map_err(errors::tantivy(path))?, path);
    // A commit may have the same segments as the last.
    if Copies::open(&directory, &segments).is_none() {
        copies::write(path, &segments, checksums)?;
    }
    sources::write(path, number, &segments, checksums)
}

impl backend::Writer for Writer<'_> {
    fn remove(&self, digest: &DigestId) -> Result<(), Error> {
        if !self.is_verified.load(Ordering::Relaxed) {
            for segment in &self.earlier {
                if !checksums::is_sound(&self.path, segment, &["term", "idx"])? {
                    let message = "checksum mismatch in the postings".to_owned();
                    return Err(Error::Damaged { path: self.path.clone(), message });
                }
            }
        }
        self.is_verified.store(true, Ordering::Relaxed);
        self.writer.delete_term(fields::digest_term(digest));
        Ok(())
    }

    fn add(&self, documents: Vec<Document>) -> Result<(), Error> {
        let bytes = documents.iter().map(|d| d.text.len() + d.url.as_ref().map_or(0, String::len)).sum();
        let guard = self.backlog.enter(bytes);
        let operations = batch_documents(documents, guard).map(UserOperation::Add);
        self.writer.run(operations).map(|_| ()).map_err(|error| write_error(&self.path, &self.checksums, error))
    }

    fn discard(self: Box<Self>) {
        let Self { store, new, path, writer, .. } = *self;
        drop(writer);
        let is_current = |name| match store.folder.current() {
            Ok(current) => current.is_some_and(|current| current == name),
            // It names no generation.
            Err(Error::Damaged { .. }) => false,
            Err(_) => true,
        };
        // The next writer removes the rest, and files written to the current generation.
        if new.is_some_and(|name| !is_current(name)) {
            let _ = generation::remove(&path);
        }
    }

    fn commit(mut self: Box<Self>, commit: &Commit<'_>) -> Result<Committed, Error> {
        if let Err(error) = self.make(commit) {
            self.discard();
            return Err(error);
        }
        // The new commit is in effect. The rest is cleanup: if it fails, the next run repeats it.
        let merged = self.writer.wait_merging_threads();
        // Tantivy does not return the errors of its merge threads.
        let unfinished =
            self.checksums.first_error().map(|(name, source)| Error::Io { path: self.path.join(name), source });
        let unfinished = unfinished.or_else(|| merged.err().map(errors::write(&self.path)));
        // Tantivy panics over some damaged files.
        let found = panic::catch_unwind(AssertUnwindSafe(|| write_derived(&self.path, self.number, &self.checksums)));
        let was_readable = !matches!(found, Err(_) | Ok(Err(Error::Damaged { .. } | Error::Unavailable { .. })));
        let is_sound = was_readable && !self.damaged.load(Ordering::Relaxed);
        self.store.folder.sweep();
        // The next run must know of the damage if this one does not repair it.
        let tidied = if is_sound { Checksums::tidy(&self.path) } else { Checksums::invalidate(&self.path) };
        let tidied = tidied.map_err(Error::io(self.path.join(CHECKSUMS)));
        let tidied = found.unwrap_or(Ok(())).and(tidied).err().filter(|error| matches!(error, Error::Io { .. }));
        Ok(Committed { is_sound, unfinished: unfinished.or(tidied) })
    }
}

impl Writer<'_> {
    fn make(&mut self, commit: &Commit<'_>) -> Result<(), Error> {
        manifest::write(commit, &commit_file(&self.path, self.number), &self.checksums)?;
        let prepared = self.writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&self.number.to_string());
            self.committing.store(true, Ordering::Relaxed);
            prepared.commit()
        });
        prepared.map_err(|error| write_error(&self.path, &self.checksums, error))?;
        self.new.as_ref().map_or(Ok(()), |name| self.store.folder.set_current(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_are_bounded() {
        for threads in [1, 2, 3, 8, 16, 1000] {
            for largest in [0, 1, 15 << 10, 300 << 10, 1 << 20, 4 << 20, u64::MAX] {
                let (workers, bytes) = buffers(threads, largest);
                assert!((1..=threads.min(MAX_THREADS)).contains(&workers), "{threads} {largest}");
                assert!(bytes >= 15_000_000, "Tantivy's minimum: {threads} {largest}");
                let excess = (largest as usize).saturating_mul(GROWTH).min(EXCESS_BYTES);
                assert!(workers * (bytes + excess) <= BUFFER_BYTES, "{threads} {largest}");
            }
        }
        assert_eq!(buffers(16, 15 << 10).0, MAX_THREADS, "typical digests");
    }
}
