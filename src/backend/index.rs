//! The writing side, and what can be said of an index as a whole.

use std::path::PathBuf;

use super::{Commit, Error, Remains, Snapshot};
use crate::model::{DigestId, Document};

/// A place where an index is, or may come to be.
pub trait Index: Send + Sync {
    /// Opens the newest state.
    fn open(&self) -> Result<Box<dyn Snapshot>, Error>;

    /// Becomes the one writer. The index need not exist yet.
    fn lock(&self) -> Result<Box<dyn Session>, Error>;

    /// Reads the list of what is indexed, of an index that may be damaged.
    fn last_commit(&self) -> Result<Commit<'static>, Error>;

    /// Reads the same even where the index cannot be opened; none where the list cannot be read either.
    fn listed(&self) -> Option<Commit<'static>>;

    /// Reads what is left of the summary even where the index cannot be opened; none where there is no index.
    ///
    /// # Errors
    /// There is an index, and its summary cannot be read.
    fn remains(&self) -> Result<Option<Remains>, Error>;

    /// Compares the index with its checksums.
    ///
    /// # Errors
    /// There is no index, or a part of it cannot be read now, which says nothing about what it holds.
    fn check(&self, depth: Depth) -> Result<Checked, Error>;

    /// Returns what interrupted runs left that nothing needs; nothing while somebody writes.
    fn left_behind(&self) -> Vec<PathBuf>;

    /// Fails if a checksum differs.
    ///
    /// # Errors
    /// As [`Index::check`], and the first damage.
    fn verify(&self, depth: Depth) -> Result<(), Error> {
        match self.check(depth)?.damage.into_iter().next() {
            Some(Damage { path, message }) => Err(Error::Damaged { path, message }),
            None => Ok(()),
        }
    }
}

/// The right to write, as long as it is kept.
pub trait Session: Send + Sync {
    /// Begins to change what is indexed. `largest` are the bytes of the largest digest that will be added.
    fn update(&self, largest: u64) -> Result<Box<dyn Writer + '_>, Error>;

    /// Begins an index that replaces this one when it is committed. `largest` as in [`Session::update`].
    fn rebuild(&self, largest: u64) -> Result<Box<dyn Writer + '_>, Error>;
}

/// Changes that count all at once when they are committed, or not at all.
pub trait Writer: Send + Sync {
    /// Removes a digest's entries that were added before, not those added after.
    fn remove(&self, digest: &DigestId) -> Result<(), Error>;

    /// Adds a digest's entries. May be called from several threads.
    fn add(&self, documents: Vec<Document>) -> Result<(), Error>;

    /// Commits the changes, with the list of what is then indexed.
    fn commit(self: Box<Self>, commit: &Commit<'_>) -> Result<Committed, Error>;

    /// Drops the changes.
    fn discard(self: Box<Self>);
}

/// How a commit ended.
#[derive(Debug)]
pub struct Committed {
    /// Whether what was read of the index was as it had been written.
    pub is_sound: bool,
    /// Why the index could not be tidied, which the next run does.
    pub unfinished: Option<Error>,
}

/// A part of an index that differs from its checksum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub message: String,
}

/// The outcome of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The number of files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What is wrong with them, by path.
    pub damage: Vec<Damage>,
}

/// How much is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All bytes of the files that each commit writes anew; the sizes of the others. Takes no time.
    State,
    /// All bytes.
    Bytes,
}
