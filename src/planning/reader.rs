//! Answers questions from one snapshot of an index.

use std::sync::Arc;

use super::facets;
use super::room::Room;
use super::selected::{Selected, Tally};
use crate::backend::{Catalog, Commit, Error, Snapshot};
use crate::model::{DigestId, Field};
use crate::query::{Dimension, Entry, Hit, Key, Sample, Selection, Stems};

/// A snapshot of an index, and maybe a bound on what an answer takes.
#[derive(Clone)]
pub struct Reader {
    snapshot: Arc<dyn Snapshot>,
    room: Option<Arc<Room>>,
}

impl Reader {
    /// Returns a reader of a snapshot.
    pub fn new(snapshot: Box<dyn Snapshot>) -> Self {
        Self { snapshot: snapshot.into(), room: None }
    }

    /// Returns a reader of the same snapshot for one answer, whose entries take at most so many bytes: where they take
    /// more, it fails with [`Error::TooLarge`] when the first entry beyond it is read.
    pub fn with_room(&self, most: usize) -> Self {
        Self { snapshot: Arc::clone(&self.snapshot), room: Some(Arc::new(Room::new(most))) }
    }

    /// Returns how many bytes the entries that were read for this answer took.
    pub fn taken(&self) -> usize {
        self.room.as_ref().map_or(0, |room| room.taken())
    }

    pub(super) fn snapshot(&self) -> &dyn Snapshot {
        &*self.snapshot
    }

    /// Returns the summary of what is indexed.
    pub fn catalog(&self) -> &Catalog {
        self.snapshot.catalog()
    }

    /// Returns a number that every other state of the index has another of.
    pub fn fingerprint(&self) -> u64 {
        self.snapshot.fingerprint()
    }

    /// Returns whether the index has no newer state.
    pub fn is_newest(&self) -> bool {
        self.snapshot.is_newest()
    }

    /// Reads the list of what is indexed, file by file.
    pub fn commit(&self) -> Result<Commit<'static>, Error> {
        self.snapshot.commit()
    }

    /// Returns what all entries say, as [`Known`](crate::query::Known) takes it, in no order.
    pub fn contents(&self) -> Result<Vec<u64>, Error> {
        self.snapshot.contents()
    }

    /// Returns the entries of a digest in file order; none where it is not indexed.
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
        let Selected { chosen, filters, spellings, .. } = Selected::of(selection, self.snapshot())?;
        Ok(Tally { counts: self.snapshot.tally(&chosen, &filters, by)?, spellings })
    }

    /// Returns the name for people of a field's value.
    pub fn name(&self, field: Field, key: &Key) -> Option<String> {
        facets::name(field, key, self.catalog())
    }

    /// Returns the selected entries one by one, with what they are.
    pub fn sample(&self, selection: &Selection, by: &[Dimension]) -> Result<Sample, Error> {
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
        self.snapshot.stems(numbers)
    }

    fn counted_entry(&self, entry: Entry) -> Result<Entry, Error> {
        self.room.as_ref().map_or(Ok(()), |room| room.take_entry(&entry)).map(|()| entry)
    }

    pub(super) fn counted(&self, hit: Hit) -> Result<Hit, Error> {
        self.room.as_ref().map_or(Ok(()), |room| room.take_hit(&hit)).map(|()| hit)
    }
}
