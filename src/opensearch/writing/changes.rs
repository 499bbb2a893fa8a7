//! Changes of a run: the documents that it sends, and the versions that they replace.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::attempt::{Attempt, conflict};
use super::batches::Batches;
use super::flow::Flow;
use super::run::Run;
use crate::backend::{Error, Shards};
use crate::model::{CustomFields, DigestId};
use crate::opensearch::document::ORDINAL_BITS;
use crate::opensearch::failure::{Failure, Kind};
use crate::opensearch::head::Tally;
use crate::opensearch::layout::{self, Indices};
use crate::opensearch::listing::{self, DigestVersion, Listed};

/// Changes that become visible together.
pub struct ClusterWriter<'a> {
    pub(super) run: &'a Run,
    pub(super) attempt: Attempt,
    pub(super) indices: Indices,
    /// The files of the last commit; none for a rebuild.
    pub(super) previous: Vec<Listed>,
    pub(super) changes: Mutex<Changes>,
    /// Entries and files to be sent.
    pub(super) entries: Batches,
    pub(super) files: Batches,
    /// Number of versions so far.
    versions: AtomicU64,
}

/// Digests and versions so far.
#[derive(Debug, Default)]
pub struct Changes {
    /// The digests that the commit will have.
    pub digests: HashMap<DigestId, DigestVersion>,
    /// Versions that it will not have.
    pub superseded: Vec<u64>,
    /// Its entries.
    pub entries: Tally,
}

impl<'a> ClusterWriter<'a> {
    /// Starts an update of the last commit.
    pub fn update(run: &'a Run) -> Result<Self, Error> {
        let attempt = Attempt::begin(run, false)?;
        let previous = listing::read(&run.cluster, &attempt.head)?;
        let digests = previous.iter().filter_map(Listed::digest).collect();
        let changes = Changes { digests, superseded: Vec::new(), entries: attempt.head.entries };
        let indices = attempt.head.indices(run.cluster.name());
        Ok(Self::new(run, attempt, indices, previous, changes))
    }

    /// Starts new indices, which replace those of the last commit.
    pub fn rebuild(run: &'a Run, fields: CustomFields, shards: Shards) -> Result<Self, Error> {
        let cluster = &run.cluster;
        let attempt = Attempt::begin(run, true)?;
        let indices = Indices::of(cluster.name(), attempt.stamp.as_deref().unwrap_or_default());
        let definitions =
            [(&indices.entries, layout::entries(shards, fields)), (&indices.files, layout::files(shards))];
        for (name, mut definition) in definitions {
            definition["aliases"] = serde_json::json!({ layout::write_alias(name): { "is_write_index": true } });
            cluster.create_index(name, &definition).map_err(|failure| failure.at(&cluster.address.shown))?;
        }
        Ok(Self::new(run, attempt, indices, Vec::new(), Changes::default()))
    }

    fn new(run: &'a Run, attempt: Attempt, indices: Indices, previous: Vec<Listed>, changes: Changes) -> Self {
        let flow = Arc::new(Flow::new());
        let batches = |index: &str| Batches::new(layout::write_alias(index), Arc::clone(&flow));
        let [entries, files] = [&indices.entries, &indices.files].map(|index| batches(index));
        Self {
            run,
            attempt,
            indices,
            previous,
            changes: Mutex::new(changes),
            entries,
            files,
            versions: AtomicU64::default(),
        }
    }

    /// Returns a version that no other run or digest has.
    pub(super) fn version(&self) -> u64 {
        self.attempt.number << ORDINAL_BITS | self.versions.fetch_add(1, Ordering::Relaxed)
    }

    /// Adds a document to those to be sent to an index.
    pub(super) fn send(&self, index: &Batches, number: u64, document: &serde_json::Value) -> Result<(), Error> {
        if self.run.lock.is_lost() {
            return Err(self.fail(conflict()));
        }
        index.add(&self.run.cluster, number, document).map_err(|failure| self.fail(failure))
    }

    /// Sends the documents that wait.
    ///
    /// # Errors
    /// The cluster does not take them, or refuses one.
    pub(super) fn flush(&self) -> Result<(), Error> {
        for index in [&self.entries, &self.files] {
            index.flush(&self.run.cluster).map_err(|failure| self.fail(failure))?;
            if let Some((_, reason)) = index.take_refused().pop_first() {
                let failure = Failure::new(Kind::Refused, format!("the cluster refuses a document: {reason}"));
                return Err(self.fail(failure.with_hint("try `digest-search index --rebuild FOLDER`")));
            }
        }
        Ok(())
    }

    pub(super) fn fail(&self, failure: Failure) -> Error {
        failure.at(&self.run.cluster.address.shown)
    }
}

impl Changes {
    /// Removes a digest.
    pub fn remove(&mut self, digest: &DigestId) {
        if let Some(DigestVersion { version, tally }) = self.digests.remove(digest) {
            self.superseded.push(version);
            self.entries.subtract(tally);
        }
    }

    /// Puts a digest back that was removed.
    pub fn put_back(&mut self, digest: DigestId, last: DigestVersion) {
        self.superseded.retain(|version| *version != last.version);
        self.entries.add(last.tally);
        self.digests.insert(digest, last);
    }
}
