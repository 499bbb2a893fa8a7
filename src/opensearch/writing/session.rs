//! The write lock of an index in a cluster: the implementation of [`Session`].

use std::sync::Arc;

use super::changes::ClusterWriter;
use super::run::Run;
use super::sweep;
use crate::backend::{Error, Owner, Session, Shards, Wait, Writer};
use crate::model::CustomFields;
use crate::opensearch::cluster::Cluster;

/// An index in a cluster, locked for writing.
pub struct ClusterSession(Run);

impl ClusterSession {
    /// Locks an index, which need not exist yet.
    ///
    /// # Errors
    /// Another run has the lock, or the index is of another program.
    pub fn lock(cluster: Arc<Cluster>, owner: &Owner, wait: &Wait<'_>) -> Result<Self, Error> {
        Run::lock(cluster, owner, wait).map(Self)
    }
}

impl Session for ClusterSession {
    fn prefers_rebuild(&self, replaced: usize, digests: usize) -> Result<bool, Error> {
        self.0.prefers_rebuild(replaced, digests)
    }

    fn clean_up(&self) -> Result<(), Error> {
        sweep::clean_up(&self.0)
    }

    fn update(&self, _largest: u64) -> Result<Box<dyn Writer + '_>, Error> {
        Ok(Box::new(ClusterWriter::update(&self.0)?))
    }

    fn rebuild(&self, _largest: u64, fields: CustomFields, shards: Shards) -> Result<Box<dyn Writer + '_>, Error> {
        Ok(Box::new(ClusterWriter::rebuild(&self.0, fields, shards)?))
    }
}
