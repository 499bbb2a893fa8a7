//! State of a cluster that has an index.

use std::time::Duration;

use super::Owner;

/// State of a cluster, and of an index in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Version of the cluster's software.
    pub version: String,
    /// Number of nodes.
    pub nodes: usize,
    /// Its status: `green`, `yellow` where copies of shards are missing, `red` where shards are.
    pub status: String,
    /// Number of shards of the index.
    pub shards: usize,
    /// Number of its shards and copies that no node has.
    pub unassigned: usize,
    /// Size in bytes, copies of shards included.
    pub bytes: u64,
    /// Number of replaced versions of digests that are not deleted yet.
    pub superseded: usize,
    /// The run that writes the index, if any.
    pub writer: Option<Owner>,
    /// Time of a question that counts all entries.
    pub question: Duration,
}
