//! A bound on the memory that one answer takes: the entries read for it count, all together, before any is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Error, Reader};
use crate::query::{Hit, Unit};

/// Bytes that entries may take, shared by all searches of one [`Reader`].
#[derive(Debug)]
pub(super) struct Room {
    most: usize,
    taken: AtomicUsize,
}

impl Room {
    /// Counts more bytes.
    fn take(&self, bytes: usize) -> Result<(), Error> {
        let before = self.taken.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.most { Err(Error::TooLarge { most: self.most }) } else { Ok(()) }
    }
}

impl Reader {
    /// The same commit for one answer, whose entries take at most so many bytes: where they take more, searches fail
    /// with [`Error::TooLarge`] when the first entry beyond it is read.
    pub fn with_room(&self, most: usize) -> Self {
        Self { opened: self.opened.clone(), room: Some(Arc::new(Room { most, taken: AtomicUsize::new(0) })) }
    }

    /// How many bytes the entries that were read for this answer took.
    pub fn taken(&self) -> usize {
        self.room.as_ref().map_or(0, |room| room.taken.load(Ordering::Relaxed))
    }

    /// Counts an entry that was read.
    pub(super) fn counted(&self, unit: Unit) -> Result<Unit, Error> {
        if let Some(room) = &self.room {
            let sides = std::iter::once(&unit.topic).chain(&unit.perspective);
            let texts = [&unit.attribution, &unit.source, &unit.lang, &unit.locale, &unit.url];
            let texts = texts.into_iter().flatten().chain([&unit.id, &unit.text]);
            let texts = texts.chain(sides.flat_map(|side| [&side.id, &side.name]));
            room.take(size_of::<Hit>() + texts.map(String::len).sum::<usize>())?;
        }
        Ok(unit)
    }

    /// Counts what a hit has beside its entry.
    pub(super) fn counted_hit(&self, hit: Hit) -> Result<Hit, Error> {
        if let Some(room) = &self.room {
            let ids: usize = hit.copy_ids.iter().map(|id| size_of::<String>() + id.len()).sum();
            room.take(ids + size_of_val(&hit.marks[..]) + size_of_val(&hit.source_marks[..]))?;
        }
        Ok(hit)
    }
}
