//! Reasons to index everything anew.

use std::fmt;

/// Why everything is indexed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anew {
    /// There was no index.
    NoIndex,
    /// What was there did not count: `CURRENT`, which names what does, was gone, or was not written yet.
    NoCurrent,
    /// It was asked for.
    Asked,
    /// Another version indexes in another way.
    OtherVersion,
    /// What the corpus says about itself has changed, or the way of indexing has.
    OtherSettings,
    /// The index could not be read.
    Damaged,
}

impl fmt::Display for Anew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoIndex => "there was no index",
            Self::NoCurrent => "CURRENT, which names what counts, was not there",
            Self::Asked => "asked for with --rebuild",
            Self::OtherVersion => "the index was made by another version",
            Self::OtherSettings => "digest-search.yaml or the way of indexing has changed",
            Self::Damaged => "the index was damaged",
        })
    }
}
