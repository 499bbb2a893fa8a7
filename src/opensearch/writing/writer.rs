//! The writer: sends new entries, and notes which versions they replace.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::attempt::{Attempt, conflict};
use super::batches::Batches;
use super::session::ClusterSession;
use crate::backend::{Commit, Committed, Error, Writer};
use crate::model::{CustomFields, DigestId, Document};
use crate::opensearch::document::{self, ORDINAL_BITS, check, number};
use crate::opensearch::failure::Failure;
use crate::opensearch::head::Tally;
use crate::opensearch::layout::{self, Indices};
use crate::opensearch::listing::{self, DigestVersion, Listed};

/// Changes that become visible together.
pub struct ClusterWriter<'a> {
    pub(super) session: &'a ClusterSession,
    pub(super) attempt: Attempt,
    /// Stamp of new indices, if this is a rebuild.
    pub(super) stamp: Option<String>,
    pub(super) indices: Indices,
    /// The files of the last commit; none for a rebuild.
    pub(super) previous: Vec<Listed>,
    pub(super) changes: Mutex<Changes>,
    batches: Batches,
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
    pub fn update(session: &'a ClusterSession) -> Result<Self, Error> {
        let attempt = Attempt::begin(&session.cluster, None)?;
        let previous = listing::read(&session.cluster, &attempt.head)?;
        let digest = |listed: &Listed| Some((listed.record.digest()?.id(), listed.digest?));
        let digests = previous.iter().filter_map(digest).collect();
        let changes = Changes { digests, superseded: Vec::new(), entries: attempt.head.entries };
        let indices = attempt.head.indices(session.cluster.name());
        Ok(Self::new(session, attempt, None, indices, previous, changes))
    }

    /// Starts new indices, which replace those of the last commit.
    pub fn rebuild(session: &'a ClusterSession, fields: CustomFields) -> Result<Self, Error> {
        let cluster = &session.cluster;
        // Of two runs with the same number of an attempt, each has indices of its own.
        let stamp = format!("{}-{}", super::sweep::now(), &session.run[..8]);
        let attempt = Attempt::begin(cluster, Some(&stamp))?;
        let indices = Indices::of(cluster.name(), &stamp);
        let definitions = [
            (&indices.entries, layout::entries(session.shards, fields)),
            (&indices.files, layout::files(session.shards)),
        ];
        for (name, mut definition) in definitions {
            definition["aliases"] = serde_json::json!({ layout::write_alias(name): { "is_write_index": true } });
            cluster.create_index(name, &definition).map_err(|failure| failure.at(&cluster.address.shown))?;
        }
        Ok(Self::new(session, attempt, Some(stamp), indices, Vec::new(), Changes::default()))
    }

    fn new(
        session: &'a ClusterSession,
        attempt: Attempt,
        stamp: Option<String>,
        indices: Indices,
        previous: Vec<Listed>,
        changes: Changes,
    ) -> Self {
        let (batches, versions) = Default::default();
        Self { session, attempt, stamp, indices, previous, changes: Mutex::new(changes), batches, versions }
    }

    /// Returns a version that no other run or digest has.
    pub(super) fn version(&self) -> u64 {
        self.attempt.number << ORDINAL_BITS | self.versions.fetch_add(1, Ordering::Relaxed)
    }

    /// Sends a document of an index.
    pub(super) fn send(&self, index: &str, number: u64, document: &serde_json::Value) -> Result<(), Error> {
        if self.session.lock.is_lost() {
            return Err(self.fail(conflict()));
        }
        let sent =
            self.batches.add(&self.session.cluster, &layout::write_alias(index), &document::id(number), document);
        sent.map_err(|failure| self.fail(failure))
    }

    /// Sends the documents that wait.
    pub(super) fn flush(&self) -> Result<(), Error> {
        self.batches.flush(&self.session.cluster).map_err(|failure| self.fail(failure))
    }

    pub(super) fn fail(&self, failure: Failure) -> Error {
        failure.at(&self.session.cluster.address.shown)
    }
}

impl Changes {
    /// Removes a digest.
    fn remove(&mut self, digest: &DigestId) {
        if let Some(DigestVersion { version, tally }) = self.digests.remove(digest) {
            self.superseded.push(version);
            self.entries.subtract(tally);
        }
    }
}

impl Writer for ClusterWriter<'_> {
    fn remove(&self, digest: &DigestId) -> Result<(), Error> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).remove(digest);
        Ok(())
    }

    fn add(&self, documents: Vec<Document>) -> Result<(), Error> {
        let Some(digest) = documents.first().map(|document| document.id.digest.clone()) else { return Ok(()) };
        let version = self.version();
        let mut tally = Tally::default();
        for (at, document) in (0..).zip(&documents) {
            let number = number(version, at);
            tally.add(Tally { count: 1, sum: check(number) });
            let fields = document::fields(document, at, self.attempt.number, version);
            self.send(&self.indices.entries, number, &fields)?;
        }
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.remove(&digest);
        changes.digests.insert(digest, DigestVersion { version, tally });
        changes.entries.add(tally);
        Ok(())
    }

    fn commit(self: Box<Self>, commit: &Commit<'_>) -> Result<Committed, Error> {
        super::commit::commit(*self, commit)
    }

    /// The next attempt aborts this one, and deletes what it sent.
    fn discard(self: Box<Self>) {}
}
