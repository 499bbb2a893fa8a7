//! The write lock of an index.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use super::layout::LOCK;
use crate::backend::{Error, Owner};
use crate::files;

/// Number of attempts to lock, and the pause between them: a process that is ending, or a writer that is starting a
/// thread, may hold the lock a moment longer.
const LOCK_ATTEMPTS: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// Locks the index in a folder until the file is closed.
///
/// # Errors
/// Another writer has locked it.
pub fn take(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let io = |e| Error::io(&path)(e);
    let mut options = OpenOptions::new();
    let mut lock = files::open_with(&path, options.read(true).write(true).create(true).truncate(false)).map_err(io)?;
    let mut attempts = 1..LOCK_ATTEMPTS;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
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
}

/// Writes the owner into the lock file, over the last one, which takes no space on a full disk.
pub fn sign(lock: &File) -> io::Result<()> {
    let owner = Owner::new(std::process::id(), &gethostname::gethostname(), SystemTime::now());
    let text = serde_json::to_string(&owner).unwrap_or_default();
    let written = lock.write_all_at(text.as_bytes(), 0).and_then(|()| lock.set_len(text.len() as u64));
    // No owner is better than a wrong one.
    written.inspect_err(|_| drop(lock.set_len(0)))
}

/// Reports whether an index is locked for writing, as far as a read-only process can see.
pub fn is_taken(folder: &Path) -> bool {
    let lock = files::open(&folder.join(LOCK));
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}
