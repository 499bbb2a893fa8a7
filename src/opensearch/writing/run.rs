//! A run that writes an index: its lock and its id.

use std::sync::Arc;

use serde_json::Value;

use super::lock::Lock;
use crate::backend::{Error, Owner, Wait};
use crate::opensearch::cluster::Cluster;
use crate::opensearch::layout::{self, HEAD, Indices};
use crate::opensearch::reading::exists;

/// An index in a cluster, locked for writing.
pub struct Run {
    pub(super) cluster: Arc<Cluster>,
    /// Random id of the run.
    pub(super) id: String,
    pub(super) lock: Lock,
    /// The generation when the lock was taken; a plan of changes is made from it.
    pub(super) generation: u64,
}

impl Run {
    /// Locks an index, which need not exist yet.
    ///
    /// # Errors
    /// Another run has the lock, or the index is of another program.
    pub fn lock(cluster: Arc<Cluster>, owner: &Owner, wait: &Wait<'_>) -> Result<Self, Error> {
        let place = &cluster.address.shown;
        if !exists(&cluster)? {
            let created = cluster.create_index(cluster.name(), &layout::head());
            created.map_err(|failure| failure.at(place))?;
        }
        let id = format!("{:016x}", fastrand::u64(..));
        let lock = Lock::take(&cluster, &id, owner, wait)?;
        let head: Option<(Value, _)> = cluster.get(HEAD).map_err(|failure| failure.at(place))?;
        let head = head.map(|(head, _)| head).unwrap_or_default();
        let generation = head["generation"].as_u64().unwrap_or_default();
        if let Some(stamp) = head["stamp"].as_str().filter(|_| generation > 0) {
            let Indices { entries, files } = Indices::of(cluster.name(), stamp);
            // A copy of a shard may have missed a refresh; the check that follows would find too few documents. It also finds
            // what cannot be refreshed.
            let _ = cluster.refresh(&format!("{entries},{files}"));
        }
        Ok(Self { cluster, id, lock, generation })
    }
}
