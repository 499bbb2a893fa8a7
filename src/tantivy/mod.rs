//! The embedded backend: an index in a folder, with Tantivy. None of its types get out.
//!
//! An index is a folder with a file `CURRENT` that names one *generation*, a folder of its own: a Tantivy directory, and a
//! commit file that lists what is indexed. Commits go into the current generation; a rebuild makes the next one and then
//! replaces `CURRENT`.

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
