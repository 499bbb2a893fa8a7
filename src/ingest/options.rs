//! What to index.

use std::path::PathBuf;

use chrono::NaiveDate;

/// What to index, where to, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of digests.
    pub corpus: PathBuf,
    /// The folder of the index.
    pub index: PathBuf,
    /// Index everything anew, whatever is indexed.
    pub rebuild: bool,
    /// Only say what would be done.
    pub dry_run: bool,
    /// Refuse to index while a digest would be skipped.
    pub strict: bool,
    /// Index drafts, too.
    pub drafts: bool,
    /// Go on where most of what is indexed is gone or can't be read.
    pub allow_shrink: bool,
    /// When the run begins, in nanoseconds since 1970.
    pub started: i64,
    /// The day on which it begins.
    pub today: NaiveDate,
}
