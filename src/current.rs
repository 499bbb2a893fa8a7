//! The newest commit of the index, opened once for all requests until a newer one exists.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::backend::Error;
use crate::index;
use crate::planning::Reader;

/// Bytes of stored entries above which the reader is reopened; a thousand ordinary entries take a tenth of it.
const LARGE_READ: usize = 8 << 20;

/// A cached reader of the newest commit.
pub struct CurrentReader {
    index: PathBuf,
    reader: Mutex<Option<Arc<Reader>>>,
}

impl CurrentReader {
    pub fn new(index: PathBuf) -> Self {
        Self { index, reader: Mutex::new(None) }
    }

    pub fn index(&self) -> &Path {
        &self.index
    }

    /// Returns a reader of the newest commit. Without an index, drops the cached one.
    pub fn reader(&self) -> Result<Arc<Reader>, Error> {
        // A panic while opening leaves the cached reader as it was.
        let mut cached = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = cached.as_ref().filter(|reader| reader.is_newest()) {
            return Ok(reader.clone());
        }
        *cached = None;
        Ok(cached.insert(Arc::new(index::open(&self.index)?)).clone())
    }

    /// Drops the cached reader after a large read: the blocks that it read stay in memory as long as it is open, and are as
    /// large as the entries in them.
    pub fn release(&self, reader: &Reader) {
        if reader.taken() > LARGE_READ
            && let Ok(mut cached) = self.reader.try_lock()
        {
            *cached = None;
        }
    }

    /// Drops the cached reader when a newer commit exists, since open files take up disk space.
    pub fn drop_outdated(&self) {
        // A thread that holds the lock is replacing the reader.
        let Ok(mut cached) = self.reader.try_lock() else { return };
        *cached = cached.take().filter(|reader| reader.is_newest());
    }

    /// Drops outdated readers at an interval, as long as it is polled.
    pub async fn drop_outdated_every(self: Arc<Self>, every: Duration) {
        loop {
            sleep(every).await;
            let current = self.clone();
            // After a panic, the next round tries again.
            let _ = spawn_blocking(move || current.drop_outdated()).await;
        }
    }
}
