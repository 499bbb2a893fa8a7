//! Writing of entries into a generation.

mod backlog;
mod batch;
mod merges;
pub mod writer;
