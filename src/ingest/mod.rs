//! The write path: walk the corpus, compare it with the last commit, parse changed files, commit, report.

mod claims;
mod difference;
mod error;
mod guard;
mod lanes;
mod last;
mod mount;
mod note;
mod options;
mod path_cursor;
mod plan;
mod progress;
mod read;
mod rebuild_reason;
mod refusals;
mod report;
mod run;
mod session;
mod sources;
mod survey;
mod surveyed;
mod update;

pub use difference::{Difference, StaleFile, difference, stale_files};
pub use error::Error;
pub use last::{FOLDER, folders_of};
pub use mount::{CorpusFolder, corpus_id};
pub use note::FileNote;
pub use options::Options;
pub use progress::Progress;
pub use rebuild_reason::RebuildReason;
pub use report::Report;
pub use run::{refresh, run};
