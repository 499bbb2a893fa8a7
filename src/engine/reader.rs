//! Reads: answers requests from one commit of an index.

use std::fs::{self, File};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::copies::Copies;
use super::directory::Snapshot;
use super::folder::{Folder, Held};
use super::generation::{commit_file, commit_number, earlier_commit_file, refuse_links};
use super::matching::{Found, Segment};
use super::memory::keep_for_lists;
use super::room::Room;
use super::sources::{self, Sources};
use super::{Catalog, Commit, Error, Remains, fields};
use crate::files;
use crate::model::DigestId;
use crate::query::{Dimension, FacetField, Unit};

/// Tantivy keeps so many decompressed blocks of stored texts.
const STORE_CACHE_BLOCKS: usize = 100;

/// To hand work to another thread takes about as long as to go through so many units.
const MUCH: usize = 20_000;

/// A commit may be replaced while its files are opened or looked at; so often that is tried anew.
pub(super) const ATTEMPTS: u32 = 20;

/// The name of the thread on which an index is opened that may be damaged.
pub const OPENING: &str = "opening";

/// One commit of an index, and maybe a bound on what an answer takes.
pub struct Reader {
    pub(super) opened: Arc<Opened>,
    pub(super) room: Option<Arc<Room>>,
}

/// One commit of an index.
pub struct Opened {
    pub(super) catalog: Catalog,
    pub(super) searcher: Searcher,
    pub(super) segments: Vec<Segment>,
    copies: OnceLock<Copies>,
    sources: OnceLock<Sources>,
    /// The number of the commit.
    number: u64,
    /// The commit file and its path: held open, since the next commit removes it.
    commit: (File, PathBuf),
    pub(super) held: Held,
    snapshot: Snapshot,
}

impl Deref for Reader {
    type Target = Opened;

    fn deref(&self) -> &Opened {
        &self.opened
    }
}

impl Reader {
    /// Opens the newest commit.
    pub fn open(index: &Path) -> Result<Self, Error> {
        let folder = Folder::new(index);
        for attempt in 1.. {
            let held = folder.hold_current()?;
            match Self::open_commit(held) {
                Err(Error::Io { source, path }) if files::refusal(&source).is_some() => {
                    return Err(Error::Io { source, path });
                }
                // Most often a file that a newer commit has removed.
                Err(Error::Tantivy { .. } | Error::Io { .. } | Error::Damaged { .. }) if attempt < ATTEMPTS => {
                    thread::sleep(Duration::from_millis(attempt.into()))
                }
                opened => return opened,
            }
        }
        unreachable!("the last attempt returns")
    }

    fn open_commit(held: Held) -> Result<Self, Error> {
        let io = |e| Error::tantivy(&held.path)(e);
        refuse_links(&held.path)?;
        let snapshot = Snapshot::open(&held.path).map_err(io)?;
        let index = tantivy::Index::open(snapshot.clone()).map_err(io)?;
        let number = snapshot.payload().and_then(|n| n.parse().ok());
        let Some(number) = number else {
            return Err(Error::Damaged {
                path: held.path.clone(),
                message: "the commit names no commit file".to_owned(),
            });
        };
        let path = commit_file(&held.path, number);
        if earlier_commit_file(&held.path, number).exists() {
            return Err(Error::OtherVersion { path });
        }
        let (catalog, file) = Catalog::open(&path)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(STORE_CACHE_BLOCKS);
        let searcher = reader.try_into().map_err(io)?.searcher();
        // Tantivy takes some missing files for parts that a segment has not. If the commit is still the newest, none
        // can have been removed while they were opened.
        if !snapshot.is_newest().map_err(io)? {
            return Err(Error::Damaged { path, message: "the commit was replaced while it was opened".to_owned() });
        }
        let readers = searcher.segment_readers().iter().cloned().enumerate();
        let segments: Vec<_> = readers.map(|(at, reader)| Segment::new(at, reader)).collect();
        keep_for_lists();
        let (copies, sources) = Default::default();
        let commit = (file, path);
        let opened = Opened { catalog, searcher, segments, copies, sources, number, commit, held, snapshot };
        Ok(Self { opened: Arc::new(opened), room: None })
    }

    /// The names of outlets that stand for each other.
    pub(super) fn sources(&self) -> Result<&Sources, Error> {
        if let Some(sources) = self.sources.get() {
            return Ok(sources);
        }
        let sources = match sources::read(&self.snapshot, self.number) {
            Some(sources) => sources,
            None => Sources::count(&self.segments).map_err(Error::tantivy(&self.held.path))?,
        };
        Ok(self.sources.get_or_init(|| sources))
    }

    /// The same, where outlets are among what is counted by.
    pub(super) fn sources_of<'a>(
        &self,
        by: impl IntoIterator<Item = &'a Dimension>,
    ) -> Result<Option<&Sources>, Error> {
        let is_source = |by: &Dimension| *by == Dimension::Facet(FacetField::Source);
        by.into_iter().any(is_source).then(|| self.sources()).transpose()
    }

    /// Which units have copies, where that is written down: a little after the commit.
    pub(super) fn copies(&self) -> Option<&Copies> {
        if let Some(copies) = self.copies.get() {
            return Some(copies);
        }
        let copies = Copies::open(&self.snapshot, &self.segments)?;
        Some(self.copies.get_or_init(|| copies))
    }

    /// Whether this is still the newest commit of an index: that of the generation that counts, and no other since.
    pub fn is_newest(&self, index: &Path) -> bool {
        let current = Folder::new(index).current().ok().flatten();
        current.is_some_and(|name| index.join(name) == self.held.path) && self.snapshot.is_newest().unwrap_or_default()
    }

    /// Stands for this commit: another one has another.
    pub fn fingerprint(&self) -> u64 {
        self.snapshot.fingerprint()
    }

    /// The summary of what is indexed.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// All that is known of what is indexed, file by file.
    pub fn commit(&self) -> Result<Commit<'static>, Error> {
        Commit::read(&self.commit.0, &self.commit.1)
    }

    /// What is indexed, of an index that may be damaged: Tantivy takes its bytes for what it wrote, and panics over some
    /// that are not. Here, that is an error like any other: it ends a thread called [`OPENING`] and nothing else.
    pub fn last_commit(index: &Path) -> Result<Commit<'static>, Error> {
        let open = || Self::open(index).and_then(|reader| reader.commit());
        let unreadable = || Error::Damaged { path: index.to_path_buf(), message: "it can't be opened".to_owned() };
        thread::scope(|scope| {
            let opening = thread::Builder::new().name(OPENING.to_owned()).spawn_scoped(scope, open);
            opening.map_err(Error::io(index))?.join().unwrap_or_else(|_| Err(unreadable()))
        })
    }

    /// What an index lists even where it can't be opened; none where the list can't be read either.
    pub fn listed(index: &Path) -> Option<Commit<'static>> {
        let read = |path: PathBuf| Commit::read(&files::open(&path).ok()?, &path).ok();
        Folder::new(index).candidates().iter().filter_map(|path| commit_files(path).ok()).flatten().find_map(read)
    }

    /// What an index says of itself even where it can't be opened; none where there is no index.
    ///
    /// # Errors
    /// There is one, and it can't be read now, or does not tell any more.
    pub fn remains(index: &Path) -> Result<Option<Remains>, Error> {
        let folder = Folder::new(index);
        let candidates = folder.candidates();
        for generation in &candidates {
            for path in commit_files(generation)? {
                if let Some(remains) = Remains::read(&path)? {
                    return Ok(Some(remains));
                }
            }
        }
        let named = folder.current()?.map(|name| index.join(name));
        let says_nothing = |path| Error::Damaged { path, message: "there is no commit file to be read".to_owned() };
        named.or_else(|| candidates.into_iter().next()).map_or(Ok(None), |path| Err(says_nothing(path)))
    }

    /// The units of a digest in file order; none where it is not indexed.
    pub fn digest(&self, id: &DigestId) -> Result<Vec<Unit>, Error> {
        self.addresses(id)?.into_iter().map(|address| self.unit(address)).collect()
    }

    /// Where a digest's units are, in file order: they are put into one segment in that order, and merging keeps it.
    pub(super) fn addresses(&self, id: &DigestId) -> Result<Vec<DocAddress>, Error> {
        let found = Found::open(&self.segments, fields::field("digest"), &[id.to_string()].into());
        let found = found.map_err(Error::tantivy(&self.held.path))?;
        let mut addresses = Vec::new();
        for (ordinal, segment) in (0..).zip(&self.segments) {
            let docs = segment.living(&found).map_err(Error::tantivy(&self.held.path))?;
            addresses.extend(docs.into_iter().map(|doc| DocAddress::new(ordinal, doc)));
        }
        Ok(addresses)
    }

    /// Does something with each segment; in parallel where it is about many units, all together.
    pub(super) fn each_segment<T: Send>(
        &self,
        units: usize,
        act: impl Fn(&Segment) -> tantivy::Result<T> + Sync,
    ) -> Result<Vec<T>, Error> {
        let done: tantivy::Result<Vec<T>> = match units > MUCH {
            true => self.segments.par_iter().map(&act).collect(),
            false => self.segments.iter().map(&act).collect(),
        };
        done.map_err(Error::tantivy(&self.held.path))
    }
}

/// The commit files of a generation, the newest first: that of a run that failed may be there in part.
fn commit_files(generation: &Path) -> Result<Vec<PathBuf>, Error> {
    let files = fs::read_dir(generation).and_then(|files| files.map(|file| Ok(file?.path())).collect());
    let files: Vec<PathBuf> = files.map_err(Error::io(generation))?;
    let mut files: Vec<_> = files.into_iter().filter_map(|path| Some((commit_number(&path)?, path))).collect();
    files.sort_unstable_by(|a, b| b.cmp(a));
    Ok(files.into_iter().map(|(_, path)| path).collect())
}
