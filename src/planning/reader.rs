//! The reader: answers queries from one snapshot of an index.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::facets;
use super::room::MemoryBudget;
use super::selected::{Selected, Tally};
use crate::backend::{Catalog, Commit, Error, Snapshot};
use crate::model::{DigestId, Field};
use crate::query::{Dimension, Entry, Hit, Key, Sample, Selection, Stems};

/// A snapshot of an index, with an optional memory limit per answer, which may be cancelled.
#[derive(Clone)]
pub struct Reader {
    snapshot: Arc<dyn Snapshot>,
    budget: Option<Arc<MemoryBudget>>,
    cancelled: Option<Arc<AtomicBool>>,
}

impl Reader {
    /// Returns a reader of a snapshot.
    pub fn new(snapshot: Box<dyn Snapshot>) -> Self {
        Self { snapshot: snapshot.into(), budget: None, cancelled: None }
    }

    /// Returns a reader of the same snapshot for one answer, whose entries take at most `most` bytes: the first entry beyond
    /// fails with [`Error::TooLarge`].
    pub fn with_memory_limit(&self, most: usize) -> Self {
        Self { budget: Some(Arc::new(MemoryBudget::new(most))), ..self.clone() }
    }

    /// Returns a reader of the same snapshot for one answer: as soon as the flag is set, the next read fails with
    /// [`Error::Cancelled`].
    pub fn with_cancellation(&self, cancelled: Arc<AtomicBool>) -> Self {
        Self { cancelled: Some(cancelled), ..self.clone() }
    }

    /// Returns an error if the answer is cancelled.
    pub fn check_cancelled(&self) -> Result<(), Error> {
        match &self.cancelled {
            Some(cancelled) if cancelled.load(Ordering::Relaxed) => Err(Error::Cancelled),
            _ => Ok(()),
        }
    }

    /// Returns the bytes of the entries read for this answer.
    pub fn taken(&self) -> usize {
        self.budget.as_ref().map_or(0, |budget| budget.taken())
    }

    pub(super) fn snapshot(&self) -> &dyn Snapshot {
        &*self.snapshot
    }

    /// Returns the catalog.
    pub fn catalog(&self) -> &Catalog {
        self.snapshot.catalog()
    }

    /// Returns a number that identifies the commit.
    pub fn fingerprint(&self) -> u64 {
        self.snapshot.fingerprint()
    }

    /// Reports whether this is the newest commit.
    pub fn is_newest(&self) -> bool {
        self.snapshot.is_newest()
    }

    /// Reads the commit's list of files.
    pub fn commit(&self) -> Result<Commit<'static>, Error> {
        self.snapshot.commit()
    }

    /// Returns the content hashes of all entries, as [`SeenHashes`](crate::query::SeenHashes) takes them, unordered.
    pub fn contents(&self) -> Result<Vec<u64>, Error> {
        self.snapshot.contents()
    }

    /// Returns the entries of a digest in file order; none if it is not indexed.
    pub fn digest(&self, id: &DigestId) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        self.snapshot.digest(id, &mut |(entry, _)| {
            entries.push(self.counted_entry(entry)?);
            Ok(())
        })?;
        Ok(entries)
    }

    /// Counts the selected entries by each combination of values of the fields, entries without a value included.
    pub fn tally(&self, selection: &Selection, by: &[Dimension]) -> Result<Tally, Error> {
        self.check_cancelled()?;
        let Selected { chosen, filters, spellings, .. } = Selected::of(selection, self.snapshot())?;
        Ok(Tally { counts: self.snapshot.tally(&chosen, &filters, by)?, spellings })
    }

    /// Returns the display name of a field's value.
    pub fn name(&self, field: Field, key: &Key) -> Option<String> {
        facets::name(field, key, self.catalog())
    }

    /// Returns the selected entries with their values.
    pub fn sample(&self, selection: &Selection, by: &[Dimension]) -> Result<Sample, Error> {
        self.check_cancelled()?;
        let Selected { chosen, filters, spellings, .. } = Selected::of(selection, self.snapshot())?;
        Ok(Sample { spellings, ..self.snapshot.sample(&chosen, &filters, by)? })
    }

    /// Returns the entries with some numbers of a sample, in their order.
    pub fn entries(&self, numbers: &[u64]) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::with_capacity(numbers.len());
        self.snapshot.entries(numbers, &mut |entry| {
            entries.push(self.counted_entry(entry)?);
            Ok(())
        })?;
        Ok(entries)
    }

    /// Returns the stems of the entries with some numbers of a sample, in their order.
    pub fn stems(&self, numbers: &[u64]) -> Result<Stems, Error> {
        self.check_cancelled()?;
        self.snapshot.stems(numbers)
    }

    fn counted_entry(&self, entry: Entry) -> Result<Entry, Error> {
        self.check_cancelled()?;
        self.budget.as_ref().map_or(Ok(()), |budget| budget.take_entry(&entry)).map(|()| entry)
    }

    pub(super) fn counted(&self, hit: Hit) -> Result<Hit, Error> {
        self.check_cancelled()?;
        self.budget.as_ref().map_or(Ok(()), |budget| budget.take_hit(&hit)).map(|()| hit)
    }
}
