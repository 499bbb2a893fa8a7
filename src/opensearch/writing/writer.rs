//! The writer: the implementation of [`Writer`].

use std::collections::HashMap;
use std::sync::PoisonError;

use super::changes::ClusterWriter;
use super::commit;
use crate::backend::{Commit, Committed, Error, Refusal, Writer};
use crate::model::{DigestId, Document};
use crate::opensearch::document::{self, check, number};
use crate::opensearch::head::Tally;
use crate::opensearch::listing::{DigestVersion, Listed};

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
            self.send(&self.entries, number, &fields)?;
        }
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.remove(&digest);
        changes.digests.insert(digest, DigestVersion { version, tally });
        changes.entries.add(tally);
        Ok(())
    }

    /// The refused versions are superseded from the start, so that no reader sees them and the sweep deletes them.
    fn refused(&self) -> Result<Vec<Refusal>, Error> {
        self.entries.flush(&self.run.cluster).map_err(|failure| self.fail(failure))?;
        let mut reasons = self.entries.take_refused();
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut refusals: Vec<Refusal> = Vec::new();
        for (digest, version) in &changes.digests {
            if let Some(reason) = reasons.remove(&version.version) {
                refusals.push(Refusal { digest: digest.clone(), reason: format!("the cluster refuses it: {reason}") });
            }
        }
        let mut last: HashMap<DigestId, DigestVersion> = match refusals.is_empty() {
            true => HashMap::new(),
            false => self.previous.iter().filter_map(Listed::digest).collect(),
        };
        for Refusal { digest, .. } in &refusals {
            changes.remove(digest);
            if let Some(last) = last.remove(digest) {
                changes.put_back(digest.clone(), last);
            }
        }
        Ok(refusals)
    }

    fn commit(self: Box<Self>, commit: &Commit<'_>) -> Result<Committed, Error> {
        commit::commit(*self, commit)
    }

    /// The next attempt aborts this one, and deletes what it sent.
    fn discard(self: Box<Self>) {}
}
