//! Options of an indexing run.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::mount::CorpusFolder;
use crate::backend::Shards;

/// Options of an indexing run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folders of digests.
    pub corpora: Vec<CorpusFolder>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Rebuild the index.
    pub rebuild: bool,
    /// Report the changes without writing them.
    pub dry_run: bool,
    /// Fail where a digest would be skipped.
    pub strict: bool,
    /// Index drafts.
    pub drafts: bool,
    /// Accept that most indexed digests are gone or unreadable.
    pub allow_shrink: bool,
    /// Shards of a new index in a cluster.
    pub shards: Shards,
    /// Start of the run, in nanoseconds since 1970.
    pub started: i64,
    /// Day of the start.
    pub today: NaiveDate,
}
