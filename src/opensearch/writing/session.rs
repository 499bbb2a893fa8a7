//! The write lock of an index in a cluster.

use std::sync::Arc;

use super::lock::Lock;
use super::writer::ClusterWriter;
use crate::backend::{Error, Owner, Session, Writer};
use crate::model::CustomFields;
use crate::opensearch::cluster::Cluster;
use crate::opensearch::layout::{self, MARK, Shards};

/// An index in a cluster, locked for writing.
pub struct ClusterSession {
    pub(super) cluster: Arc<Cluster>,
    pub(super) shards: Shards,
    /// Random id of the run.
    pub(super) run: String,
    pub(super) lock: Lock,
}

impl ClusterSession {
    /// Locks an index, which need not exist yet.
    ///
    /// # Errors
    /// Another run has the lock, or the index is of another program.
    pub fn lock(cluster: Arc<Cluster>, shards: Shards, owner: &Owner) -> Result<Self, Error> {
        let place = &cluster.address.shown;
        match cluster.mapping().map_err(|failure| failure.at(place))? {
            Some(mapping) if mapping["_meta"].get(MARK).is_none() => {
                return Err(Error::NotAnIndex {
                    path: place.clone(),
                    found: "documents of another program".to_owned(),
                });
            }
            Some(_) => {}
            None => {
                let definition = layout::head(shards.replicas);
                cluster.create_index(cluster.name(), &definition).map_err(|failure| failure.at(place))?;
            }
        }
        let run = format!("{:016x}", fastrand::u64(..));
        let lock = Lock::take(&cluster, &run, owner)?;
        Ok(Self { cluster, shards, run, lock })
    }
}

impl Session for ClusterSession {
    fn update(&self, _largest: u64) -> Result<Box<dyn Writer + '_>, Error> {
        Ok(Box::new(ClusterWriter::update(self)?))
    }

    fn rebuild(&self, _largest: u64, fields: CustomFields) -> Result<Box<dyn Writer + '_>, Error> {
        Ok(Box::new(ClusterWriter::rebuild(self, fields)?))
    }
}
