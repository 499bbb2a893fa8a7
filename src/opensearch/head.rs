//! The head: the one document whose change is a commit.

use serde::{Deserialize, Serialize};

use super::layout::{FORMAT, Indices};

/// The head of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Version of the layout.
    pub format: u32,
    /// The attempt of the last commit; 0 before the first.
    pub generation: u64,
    /// Stamp of the indices of the last commit.
    pub stamp: String,
    /// Random id of the run that made the last commit.
    pub run: String,
    /// What the last commit has.
    pub entries: Tally,
    /// The files of the last commit.
    pub files: Tally,
    /// The greatest attempt so far.
    pub last_attempt: u64,
    /// Attempts that have begun and may still be at work.
    pub open: Vec<OpenAttempt>,
    /// Attempts that will never be committed; their documents are not visible.
    pub aborted: Vec<u64>,
    /// Versions that later ones replaced, and that are not yet deleted.
    pub superseded: Vec<Superseded>,
    /// The last generation of which documents may have been deleted.
    #[serde(default)]
    pub swept_through: u64,
    /// Indices that a rebuild replaced, or that an aborted rebuild left.
    pub replaced: Vec<Replaced>,
}

/// Numbers by which an answer shows that it is complete.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Number of documents.
    pub count: u64,
    /// Sum of their `check`.
    pub sum: u64,
}

/// An attempt that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAttempt {
    /// Its number.
    pub attempt: u64,
    /// Random id of its run.
    pub run: String,
    /// Stamp of the indices that it makes, if it rebuilds.
    pub stamp: Option<String>,
}

/// Versions that a commit replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// Time of the commit in milliseconds since 1970.
    pub at: u64,
    /// The versions.
    pub versions: Vec<u64>,
    /// The generation that was replaced.
    pub generation: u64,
}

/// Indices to delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Time in milliseconds since 1970 from which they are not used.
    pub at: u64,
    /// Their stamp.
    pub stamp: String,
}

impl Head {
    /// Returns the head of an index without a commit.
    pub fn new() -> Self {
        Self { format: FORMAT, ..Self::default() }
    }

    /// Returns the indices of the last commit below the name of the index.
    pub fn indices(&self, name: &str) -> Indices {
        Indices::of(name, &self.stamp)
    }

    /// Returns the id of the catalog of a generation.
    pub fn catalog_id(generation: u64) -> String {
        format!("catalog@{generation}")
    }
}

impl Tally {
    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.count += other.count;
        self.sum += other.sum;
    }

    /// Subtracts a part.
    pub fn subtract(&mut self, part: Self) {
        self.count = self.count.saturating_sub(part.count);
        self.sum = self.sum.saturating_sub(part.sum);
    }
}
