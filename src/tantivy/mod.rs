//! The embedded backend: an index in a folder, based on Tantivy, whose types stay private.
//!
//! An index is a folder with a file `CURRENT`, which names the current *generation*, a subfolder with a Tantivy directory
//! and a commit file with the list of files. Commits go into the current generation; a rebuild creates the next one and
//! then replaces `CURRENT`.

mod analytics;
mod answers;
mod dictionary;
mod errors;
mod fields;
mod index;
mod indexing;
mod manifest;
mod matching;
mod memory;
mod ranking;
mod scoring;
mod snapshot;
mod storage;
mod stored;

pub use index::{FolderIndex, OPENING};
pub use storage::folder::ledgers;
