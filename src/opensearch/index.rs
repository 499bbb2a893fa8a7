//! An index in a cluster: the implementation of [`Index`].

use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::IgnoredAny;

use super::address::Address;
use super::cluster::Cluster;
use super::completeness;
use super::failure::{Failure, Kind};
use super::health;
use super::layout::LOCK;
use super::reading::{ClusterSnapshot, read_catalog, read_head};
use super::writing::ClusterSession;
use crate::backend::{Checked, Commit, Depth, Error, Health, Index, Owner, PartialCatalog, Session, Snapshot, Wait};

/// An index in a cluster.
#[derive(Debug, Clone)]
pub struct ClusterIndex(PathBuf);

impl ClusterIndex {
    /// Returns the index at an address, which need not exist.
    pub fn new(place: &Path) -> Self {
        Self(place.to_path_buf())
    }

    fn connect(&self) -> Result<Arc<Cluster>, Error> {
        let address = Address::parse(&self.0).map_err(|failure| failure.at(&Address::without_secrets(&self.0)))?;
        let place = address.shown.clone();
        Cluster::connect(address).map(Arc::new).map_err(|failure| failure.at(&place))
    }

    fn missing(&self) -> Error {
        Error::Missing { path: self.0.clone() }
    }
}

impl Index for ClusterIndex {
    fn open(&self) -> Result<Box<dyn Snapshot>, Error> {
        Ok(Box::new(ClusterSnapshot::open(self.connect()?)?))
    }

    fn lock(&self, wait: &Wait<'_>) -> Result<Box<dyn Session>, Error> {
        let owner = Owner::new(process::id(), &gethostname::gethostname(), SystemTime::now());
        Ok(Box::new(ClusterSession::lock(self.connect()?, &owner, wait)?))
    }

    fn last_commit(&self) -> Result<Commit<'static>, Error> {
        let cluster = self.connect()?;
        let snapshot = match ClusterSnapshot::open(Arc::clone(&cluster)) {
            Err(error @ Error::Missing { .. }) => return Err(completeness::lost_head(&cluster)?.unwrap_or(error)),
            snapshot => snapshot?,
        };
        // Where the list is not complete, the damage says why.
        snapshot.commit().or_else(|error| self.verify(Depth::State).and(Err(error)))
    }

    /// The cluster keeps copies of its shards; what they do not give back cannot be read in another way.
    fn salvage_commit(&self) -> Option<Commit<'static>> {
        None
    }

    fn partial_catalog(&self) -> Result<Option<PartialCatalog>, Error> {
        let cluster = self.connect()?;
        let Some(head) = read_head(&cluster)? else { return Ok(None) };
        let stored = read_catalog(&cluster, &head)?;
        let damaged = |error: serde_json::Error| Error::Damaged { path: self.0.clone(), message: error.to_string() };
        serde_json::from_str(&stored.catalog).map(Some).map_err(damaged)
    }

    fn check(&self, _depth: Depth) -> Result<Checked, Error> {
        completeness::check(&*self.connect()?)
    }

    fn health(&self) -> Result<Option<Health>, Error> {
        let cluster = self.connect()?;
        let head = read_head(&cluster)?.ok_or_else(|| self.missing())?;
        health::health(&cluster, &head).map(Some).map_err(|failure| failure.at(&self.0))
    }

    /// A run that failed leaves documents that no reader sees; the next run deletes them. One that was killed leaves its lock,
    /// too, and may still be at work.
    fn leftovers(&self) -> Vec<PathBuf> {
        let Ok(cluster) = self.connect() else { return Vec::new() };
        match (cluster.get::<IgnoredAny>(LOCK), read_head(&cluster)) {
            (Ok(None), Ok(Some(head))) => {
                head.open.iter().map(|open| self.0.join(format!("attempt {}", open.attempt))).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Returns the error where a ledger of `--since-last` is asked for: what a reader has seen is kept beside the reader.
pub fn no_ledgers(place: &Path) -> Error {
    Failure::new(Kind::Address, "what was seen last is not kept in a cluster")
        .with_hint("name a folder for it with --state")
        .at(&Address::without_secrets(place))
}
