//! Reasons to rebuild an index.

use std::fmt;

/// Reason for rebuilding the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RebuildReason {
    /// The index did not exist.
    NoIndex,
    /// `CURRENT`, which names the current generation, was missing or not written yet.
    NoCurrent,
    /// `--rebuild` was given.
    Requested,
    /// Another version wrote the index, in another format.
    OtherVersion,
    /// The settings of the corpus, or the rules of indexing, have changed.
    OtherSettings,
    /// The index was unreadable.
    Damaged,
    /// Too many digests were replaced.
    Worn,
}

impl fmt::Display for RebuildReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoIndex => "there was no index",
            Self::NoCurrent => "CURRENT, which names the current generation, was missing",
            Self::Requested => "requested with --rebuild",
            Self::OtherVersion => "the index was built by another version",
            Self::OtherSettings => "digest-search.yaml or the rules of indexing have changed",
            Self::Damaged => "the index was damaged",
            Self::Worn => "many digests were replaced, which slows down queries in a cluster",
        })
    }
}
