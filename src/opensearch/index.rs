//! An index in a cluster: the implementation of [`Index`].

use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::time::SystemTime;

use serde::de::IgnoredAny;

use super::address::Address;
use super::cluster::Cluster;
use super::failure::{Failure, Kind};
use super::head::Tally;
use super::health;
use super::layout::LOCK;
use super::reading::{ClusterSnapshot, read_catalog, read_head};
use super::visible::{self, Visible};
use super::writing::ClusterSession;
use crate::backend::{Checked, Commit, Damage, Depth, Error, Health, Index, Owner, PartialCatalog, Session, Snapshot};

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

    fn lock(&self) -> Result<Box<dyn Session>, Error> {
        let owner = Owner::new(process::id(), &gethostname::gethostname(), SystemTime::now());
        Ok(Box::new(ClusterSession::lock(self.connect()?, &owner)?))
    }

    fn last_commit(&self) -> Result<Commit<'static>, Error> {
        self.open()?.commit()
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
        let cluster = self.connect()?;
        let fail = |failure: Failure| failure.at(&self.0);
        let head = read_head(&cluster)?.ok_or_else(|| self.missing())?;
        let indices = head.indices(cluster.name());
        let tally = Visible::of(&head).tally();
        let found = cluster.search_all(&[(&indices.entries, tally.clone()), (&indices.files, tally)]).map_err(fail)?;
        let tallies = found.iter().map(|found| visible::tally(found.total(), &found.aggregations));
        let expected = [(&indices.entries, head.entries), (&indices.files, head.files)];
        let damage = expected.into_iter().zip(tallies).filter(|((_, expected), found)| *found != Some(*expected));
        let damage = damage.map(|((index, expected), found)| difference(index, expected, found)).collect();
        let bytes =
            cluster.read(&format!("/{},{}/_stats/store?filter_path=_all.primaries", indices.entries, indices.files));
        let bytes =
            bytes.map_err(fail)?.pointer("/_all/primaries/store/size_in_bytes").and_then(serde_json::Value::as_u64);
        let documents = Some(head.entries.count + head.files.count);
        Ok(Checked { documents, bytes: bytes.unwrap_or_default(), damage, ..Checked::default() })
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

fn difference(index: &str, expected: Tally, found: Option<Tally>) -> Damage {
    let found = found.unwrap_or_default();
    let message = match found.count == expected.count {
        true => "has other documents than the last commit".to_owned(),
        false => format!("has {} of the {} documents of the last commit", found.count, expected.count),
    };
    Damage { path: index.into(), message }
}
