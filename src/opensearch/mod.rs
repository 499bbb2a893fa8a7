//! The backend in an OpenSearch cluster.
//!
//! A commit is one document, the head: entries and files carry the number of the attempt that sent them, and a reader sees
//! those up to the head's generation. All scores come from one script and all words from fields that the program computes,
//! so that answers equal those of the embedded backend.

mod address;
mod cluster;
mod completeness;
mod document;
mod failure;
mod head;
mod health;
mod index;
mod layout;
mod listing;
mod reading;
mod visible;
mod wire;
mod writing;

pub use address::Address;
pub use index::{ClusterIndex, no_ledgers};
