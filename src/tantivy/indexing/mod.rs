//! Entries on their way into a generation.

mod backlog;
mod batch;
mod merges;
pub mod writer;
