//! Directories of Tantivy over a generation, for reading and for writing.
//!
//! A [`CommitDirectory`] is one commit: Tantivy's files without its locks, so that an index in a read-only folder can be
//! read, and with the list of segments read once, so that all data is of one commit. A [`TrackedDirectory`] is Tantivy's
//! own directory except that it records checksums ([`Checksums`]), gives replaced files ordinary permissions, where Tantivy
//! would make them readable only by their owner, and takes no locks.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::checksums::Checksums;
use super::layout::{CHECKSUMS, META};
use crate::files::replace;

#[derive(Debug, Clone)]
pub struct CommitDirectory {
    files: MmapDirectory,
    meta: Arc<[u8]>,
}

impl CommitDirectory {
    pub fn open(generation: &Path) -> tantivy::Result<Self> {
        let files = MmapDirectory::open(generation)?;
        let meta = files.atomic_read(Path::new(META))?.into();
        Ok(Self { files, meta })
    }

    /// Returns a number that identifies the commit.
    pub fn fingerprint(&self) -> u64 {
        // Segment names are random, so that of a rebuilt index differ.
        xxhash_rust::xxh3::xxh3_64(&self.meta)
    }

    /// Returns the payload of the commit: the number of its commit file.
    pub fn payload(&self) -> Option<String> {
        // Only the payload is parsed here; Tantivy parses all of it twice to open an index.
        #[derive(serde::Deserialize)]
        struct Payload {
            payload: Option<String>,
        }
        serde_json::from_slice::<Payload>(&self.meta).ok()?.payload
    }

    /// Reads one of the program's own files; `None` if it cannot be read.
    pub fn bytes_of(&self, path: &Path) -> Option<OwnedBytes> {
        let file = self.files.get_file_handle(path).ok()?;
        file.read_bytes(0..file.len()).ok()
    }

    /// Reports whether this is still the newest commit.
    pub fn is_newest(&self) -> tantivy::Result<bool> {
        Ok(*self.files.atomic_read(Path::new(META))? == *self.meta)
    }
}

#[derive(Debug, Clone)]
pub struct TrackedDirectory {
    files: MmapDirectory,
    path: PathBuf,
    checksums: Checksums,
}

impl TrackedDirectory {
    pub fn open(generation: &Path, checksums: Checksums) -> tantivy::Result<Self> {
        Ok(Self { files: MmapDirectory::open(generation)?, path: generation.to_path_buf(), checksums })
    }
}

impl Directory for TrackedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    /// The index has its own write lock, and readers take none of Tantivy's.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        // Tantivy continues from the last commit, and so may reuse file names of a killed run.
        let opened = match self.files.open_write(path) {
            Err(OpenWriteError::FileAlreadyExists(_)) => {
                let removed = self.checksums.keep_error(path, fs::remove_file(self.path.join(path)));
                removed.map_err(|e| OpenWriteError::wrap_io_error(e, path.to_path_buf()))?;
                self.files.open_write(path)
            }
            opened => opened,
        };
        if let Err(OpenWriteError::IoError { io_error, .. }) = &opened {
            self.checksums.record_error(path, io_error);
        }
        Ok(self.checksums.hashing(path, opened?))
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.checksums.keep_error(CHECKSUMS.as_ref(), self.checksums.record(path, content))?;
        self.checksums.keep_error(path, replace(&self.path.join(path), content))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "opened for reading")
}

impl Directory for CommitDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META) { Ok(self.meta.to_vec()) } else { self.files.atomic_read(path) }
    }

    /// Tantivy locks segments against removal while it opens them. Here, opening is retried instead.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_path_buf() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), PathBuf::from(path)))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
