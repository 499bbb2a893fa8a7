//! The newest commit of the index, opened once and for all requests until there is a newer one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::{Error, Reader};

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
        if let Some(reader) = kept.as_ref().filter(|reader| reader.is_newest(&self.index)) {
            return Ok(reader.clone());
        }
        *kept = None;
        Ok(kept.insert(Arc::new(Reader::open(&self.index)?)).clone())
    }
}
