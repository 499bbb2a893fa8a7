//! The write side of the seam, and operations on an index as a whole.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::{Commit, Error, Health, Owner, PartialCatalog, Snapshot};
use crate::model::{CustomFields, DigestId, Document};

/// An index, which need not exist yet.
pub trait Index: Send + Sync {
    /// Opens the newest commit.
    fn open(&self) -> Result<Box<dyn Snapshot>, Error>;

    /// Locks the index for writing. Only a lock in a cluster is waited for.
    ///
    /// # Errors
    /// Another run has the lock.
    fn lock(&self, wait: &Wait<'_>) -> Result<Box<dyn Session>, Error>;

    /// Reads the last commit, of an index that may be damaged.
    fn last_commit(&self) -> Result<Commit<'static>, Error>;

    /// Reads the last commit even if the index cannot be opened; `None` if its list cannot be read either.
    fn salvage_commit(&self) -> Option<Commit<'static>>;

    /// Reads the version-independent part of the catalog even if the index cannot be opened; `None` without an index.
    ///
    /// # Errors
    /// The catalog of an existing index cannot be read.
    fn partial_catalog(&self) -> Result<Option<PartialCatalog>, Error>;

    /// Verifies the checksums of the index.
    ///
    /// # Errors
    /// The index does not exist, or a part of it cannot be read at the moment, which does not count as damage.
    fn check(&self, depth: Depth) -> Result<Checked, Error>;

    /// Returns the state of the cluster that has the index; `None` for an index in a folder.
    ///
    /// # Errors
    /// The cluster does not answer.
    fn health(&self) -> Result<Option<Health>, Error>;

    /// Returns leftover files of interrupted runs; none while a writer is active.
    fn leftovers(&self) -> Vec<PathBuf>;

    /// Verifies the checksums; damage is an error.
    ///
    /// # Errors
    /// Errors of [`Index::check`], and the first damage.
    fn verify(&self, depth: Depth) -> Result<(), Error> {
        match self.check(depth)?.damage.into_iter().next() {
            Some(Damage { path, message }) => Err(Error::Damaged { path, message }),
            None => Ok(()),
        }
    }
}

/// Called each second, after the first two, while another run may have been killed before it gave the lock back: with that run
/// and the time that is left. False ends the wait.
pub type Wait<'a> = dyn Fn(&Owner, Duration) -> bool + 'a;

/// Shards of an index in a cluster.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shards {
    /// Number of shards; `None` for one.
    pub shards: Option<NonZeroUsize>,
    /// Number of copies of each shard; `None` for one where the cluster has several nodes.
    pub replicas: Option<usize>,
}

/// The write lock, held until dropped.
pub trait Session: Send + Sync {
    /// Reports whether to rebuild rather than to replace some of the digests: readers of an index in a cluster exclude the
    /// replaced versions one by one. Never for a folder.
    fn prefers_rebuild(&self, _replaced: usize, _digests: usize) -> Result<bool, Error> {
        Ok(false)
    }

    /// Starts an update. `largest` is the size in bytes of the largest digest that will be added.
    fn update(&self, largest: u64) -> Result<Box<dyn Writer + '_>, Error>;

    /// Deletes what earlier commits and interrupted runs left, in a run that commits nothing. In a folder, the lock does it.
    fn clean_up(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Starts a new index, with some custom fields, that replaces this one on commit. `largest` as in [`Session::update`]; an
    /// index in a folder has no shards.
    fn rebuild(&self, largest: u64, fields: CustomFields, shards: Shards) -> Result<Box<dyn Writer + '_>, Error>;
}

/// Changes that take effect together on commit, or not at all.
pub trait Writer: Send + Sync {
    /// Removes the entries of a digest that were added before this call.
    fn remove(&self, digest: &DigestId) -> Result<(), Error>;

    /// Adds the entries of a digest. Thread-safe.
    fn add(&self, documents: Vec<Document>) -> Result<(), Error>;

    /// Waits until the entries added so far are taken, and returns the digests with entries that the index refuses for good.
    /// The commit has their last versions; none of a digest that is new or in a new index. A folder refuses none.
    fn refused(&self) -> Result<Vec<Refusal>, Error> {
        Ok(Vec::new())
    }

    /// Commits the changes, with the new list of files.
    fn commit(self: Box<Self>, commit: &Commit<'_>) -> Result<Committed, Error>;

    /// Drops the changes.
    fn discard(self: Box<Self>);
}

/// A digest that an index refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The digest.
    pub digest: DigestId,
    /// The reason.
    pub reason: String,
}

/// The outcome of a commit.
#[derive(Debug)]
pub struct Committed {
    /// Whether all parts of the index that were read are undamaged.
    pub is_sound: bool,
    /// The error of the cleanup, which the next run repeats.
    pub unfinished: Option<Error>,
}

/// A part of an index that differs from its checksum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// The damage.
    pub message: String,
}

/// The outcome of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The number of files; none of an index in a cluster, whose documents are counted.
    pub files: usize,
    /// The number of documents that were counted.
    pub documents: Option<u64>,
    /// The size in bytes.
    pub bytes: u64,
    /// The damage, by path.
    pub damage: Vec<Damage>,
}

/// The depth of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All bytes of the files that each commit writes, and the sizes of the others. Fast.
    State,
    /// All bytes.
    Bytes,
}
