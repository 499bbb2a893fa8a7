//! The newest commit of the index, opened once and for all requests until there is a newer one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::backend::Error;
use crate::index;
use crate::planning::Reader;

/// Bytes of entries that are much for one answer: a thousand ordinary ones have a tenth.
const MUCH: usize = 8 << 20;

/// The newest commit of an index.
pub struct Current {
    index: PathBuf,
    reader: Mutex<Option<Arc<Reader>>>,
}

impl Current {
    pub fn new(index: PathBuf) -> Self {
        Self { index, reader: Mutex::new(None) }
    }

    pub fn index(&self) -> &Path {
        &self.index
    }

    /// The newest commit now; it stays as it is for whoever holds it. Where there is none, no earlier one is kept.
    pub fn reader(&self) -> Result<Arc<Reader>, Error> {
        // Opening replaces the whole of it or nothing, so one that failed on the way did no harm.
        let mut kept = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = kept.as_ref().filter(|reader| reader.is_newest()) {
            return Ok(reader.clone());
        }
        *kept = None;
        Ok(kept.insert(Arc::new(index::open(&self.index)?)).clone())
    }

    /// Opens the commit anew for the next request, where this one has read much: what was read of its files in blocks stays
    /// in memory as long as it is open, and blocks are as large as the entries in them.
    pub fn give_back(&self, reader: &Reader) {
        if reader.taken() > MUCH
            && let Ok(mut kept) = self.reader.try_lock()
        {
            *kept = None;
        }
    }

    /// Keeps no commit that is not the newest any more, since its files take up the disk as long as they are held.
    pub fn let_go(&self) {
        // Whoever is opening another one lets go of this one, too.
        let Ok(mut kept) = self.reader.try_lock() else { return };
        *kept = kept.take().filter(|reader| reader.is_newest());
    }

    /// Lets go from time to time, for as long as it is polled.
    pub async fn keep_letting_go(self: Arc<Self>, every: Duration) {
        loop {
            sleep(every).await;
            let current = self.clone();
            // If it breaks, the next time may go better.
            let _ = spawn_blocking(move || current.let_go()).await;
        }
    }
}
