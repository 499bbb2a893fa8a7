//! The lock of the one who writes an index.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Error;

/// Locked as long as somebody writes, and says who that is.
pub const LOCK: &str = "LOCK";

/// A process that is just ending, or that another thread of a writer is just starting, holds the lock a moment longer
/// than it means to. So it is tried so often, with such pauses.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The process that writes an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Its number.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// When it began.
    pub since: String,
}

/// Becomes the one writer of the index in a folder, until the file is closed.
///
/// # Errors
/// Somebody else is.
pub fn take(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let io = |e| Error::io(&path)(e);
    let mut lock = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
    let mut attempts = 1..LOCK_ATTEMPTS;
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if attempts.next().is_some() => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                lock.read_to_string(&mut text).map_err(io)?;
                return Err(Error::Busy {
                    path: folder.to_path_buf(),
                    owner: serde_json::from_str(&text).unwrap_or_default(),
                });
            }
            Err(TryLockError::Error(e)) => return Err(io(e)),
        }
    }
    let owner = Owner {
        pid: std::process::id(),
        host: gethostname::gethostname().to_string_lossy().into_owned(),
        since: chrono::Utc::now().format("%Y-%m-%d %H:%M:%S UTC").to_string(),
    };
    let text = serde_json::to_string(&owner).unwrap_or_default();
    lock.set_len(0).and_then(|()| lock.rewind()).and_then(|()| lock.write_all(text.as_bytes())).map_err(io)?;
    Ok(lock)
}
