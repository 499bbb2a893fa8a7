//! A bound on the memory that one answer takes: the entries read for it count, all together, before any is kept.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::backend::Error;
use crate::query::{Hit, Unit};

/// Bytes that entries may take, shared by all searches of one [`Reader`](super::Reader).
#[derive(Debug)]
pub struct Room {
    most: usize,
    taken: AtomicUsize,
}

impl Room {
    /// Returns a room of so many bytes.
    pub fn new(most: usize) -> Self {
        Self { most, taken: AtomicUsize::new(0) }
    }

    /// Returns how many bytes are taken.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Counts an entry that was read.
    pub fn take_unit(&self, unit: &Unit) -> Result<(), Error> {
        let sides = std::iter::once(&unit.topic).chain(&unit.perspective);
        let texts = [&unit.attribution, &unit.source, &unit.lang, &unit.locale, &unit.url];
        let texts = texts.into_iter().flatten().chain([&unit.id, &unit.text]);
        let texts = texts.chain(sides.flat_map(|side| [&side.id, &side.name]));
        self.take(size_of::<Hit>() + texts.map(String::len).sum::<usize>())
    }

    /// Counts a hit with its entry.
    pub fn take_hit(&self, hit: &Hit) -> Result<(), Error> {
        self.take_unit(&hit.unit)?;
        let ids: usize = hit.copy_ids.iter().map(|id| size_of::<String>() + id.len()).sum();
        self.take(ids + size_of_val(&hit.marks[..]) + size_of_val(&hit.source_marks[..]))
    }

    fn take(&self, bytes: usize) -> Result<(), Error> {
        let before = self.taken.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.most { Err(Error::TooLarge { most: self.most }) } else { Ok(()) }
    }
}
