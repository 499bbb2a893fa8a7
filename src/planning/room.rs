//! A memory limit for the entries of one answer.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::backend::Error;
use crate::query::{Entry, Hit};

/// A budget of bytes, shared by all searches of one [`Reader`](super::Reader).
#[derive(Debug)]
pub struct MemoryBudget {
    most: usize,
    taken: AtomicUsize,
}

impl MemoryBudget {
    /// Returns a budget of `most` bytes.
    pub fn new(most: usize) -> Self {
        Self { most, taken: AtomicUsize::new(0) }
    }

    /// Returns the bytes taken.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Counts an entry.
    pub fn take_entry(&self, entry: &Entry) -> Result<(), Error> {
        let perspectives = std::iter::once(&entry.topic).chain(&entry.perspective);
        let texts = [&entry.attribution, &entry.source, &entry.lang, &entry.locale, &entry.url];
        let texts = texts.into_iter().chain([&entry.description, &entry.section]);
        let texts = texts.flatten().chain([&entry.id, &entry.text]);
        let texts = texts.chain(entry.fields.values.iter().map(|(_, value)| value));
        let texts = texts.chain(perspectives.flat_map(|perspective| [&perspective.id, &perspective.name]));
        self.take(size_of::<Hit>() + texts.map(String::len).sum::<usize>())
    }

    /// Counts a hit with its entry.
    pub fn take_hit(&self, hit: &Hit) -> Result<(), Error> {
        self.take_entry(&hit.entry)?;
        let ids: usize = hit.copy_ids.iter().map(|id| size_of::<String>() + id.len()).sum();
        self.take(
            ids + size_of_val(&hit.marks[..])
                + size_of_val(&hit.source_marks[..])
                + size_of_val(&hit.description_marks[..]),
        )
    }

    fn take(&self, bytes: usize) -> Result<(), Error> {
        let before = self.taken.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.most { Err(Error::TooLarge { most: self.most }) } else { Ok(()) }
    }
}
