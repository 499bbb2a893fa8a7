//! Recording of checksums, and of write errors.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Checksum, line, read};
use crate::backend::Depth;
use crate::files;
use crate::tantivy::errors::copy;
use crate::tantivy::storage::layout::CHECKSUMS;

/// The checksums of a generation, opened for writing.
#[derive(Debug, Clone)]
pub struct Checksums {
    lines: Arc<Mutex<Lines>>,
    first_error: Arc<OnceLock<(PathBuf, io::Error)>>,
}

#[derive(Debug)]
struct Lines {
    file: File,
    /// Whether the last line may be incomplete.
    torn: bool,
}

impl Checksums {
    /// Opens the file, and creates it if missing.
    pub fn open(generation: &Path) -> io::Result<Self> {
        let mut file = files::append(&generation.join(CHECKSUMS))?;
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(-1)).is_ok() {
            file.read_exact(&mut last)?;
        }
        let lines = Arc::new(Mutex::new(Lines { file, torn: last != [b'\n'] }));
        Ok(Self { lines, first_error: Arc::default() })
    }

    /// Returns the first write error of the system, with its file: Tantivy loses it between threads, or wraps it as a read
    /// error.
    pub fn first_error(&self) -> Option<(&Path, io::Error)> {
        self.first_error.get().map(|(name, error)| (name.as_path(), copy(error)))
    }

    /// Keeps the error of a result, if any.
    pub fn keep_error<T>(&self, name: &Path, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| self.record_error(name, error))
    }

    pub fn record_error(&self, name: &Path, error: &io::Error) {
        // Interrupted writes are repeated.
        if error.kind() != io::ErrorKind::Interrupted {
            self.first_error.get_or_init(|| (name.to_path_buf(), copy(error)));
        }
    }

    /// Records the checksum of a file before it is written, and syncs it to disk: it must survive a power failure that the
    /// file survives.
    pub fn record(&self, name: &Path, bytes: &[u8]) -> io::Result<()> {
        self.put(name, Checksum { size: bytes.len() as u64, hash: xxh3_64(bytes) })?;
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).file.sync_data()
    }

    /// Wraps a file, whose checksum is recorded when it is complete.
    pub fn hashing(&self, name: &Path, file: WritePtr) -> WritePtr {
        let hashing = HashingWriter { file, name: name.into(), size: 0, hash: Box::default(), checksums: self.clone() };
        WritePtr::new(Box::new(hashing))
    }

    /// Removes all checksums, which marks the generation as damaged.
    pub fn invalidate(generation: &Path) -> io::Result<()> {
        fs::remove_file(generation.join(CHECKSUMS))
    }

    /// Removes the checksums of missing files, and outdated ones of replaced files.
    pub fn tidy(generation: &Path) -> io::Result<()> {
        let mut lines = String::new();
        for (name, checksums) in read::parse_all(&files::read(&generation.join(CHECKSUMS))?) {
            let path = generation.join(&name);
            if path.exists() {
                // A recorded file may not have been written.
                let current = if checksums.len() > 1 { read::measure(&path, Depth::Bytes).ok() } else { None };
                let is_current = |checksum: &&Checksum| current == Some((checksum.size, Some(checksum.hash)));
                let kept = checksums.iter().find(is_current).map_or(&checksums[..], slice::from_ref);
                kept.iter().for_each(|checksum| lines.push_str(&line(&name, *checksum)));
            }
        }
        files::replace(&generation.join(CHECKSUMS), lines.as_bytes())
    }

    fn put(&self, name: &Path, checksum: Checksum) -> io::Result<()> {
        let mut line = line(&name.to_string_lossy(), checksum);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        // A partial line of a killed run, or of a full disk, becomes a separate line.
        if lines.torn {
            line.insert(0, '\n');
        }
        lines.torn = true;
        lines.file.write_all(line.as_bytes())?;
        lines.torn = false;
        Ok(())
    }
}

struct HashingWriter {
    file: WritePtr,
    name: Box<Path>,
    size: u64,
    hash: Box<Xxh3>,
    checksums: Checksums,
}

impl Write for HashingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.checksums.keep_error(&self.name, self.file.write(bytes))?;
        self.hash.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.checksums.keep_error(&self.name, self.file.flush())
    }
}

impl TerminatingWrite for HashingWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.checksums.keep_error(&self.name, self.file.terminate_ref(token))?;
        let recorded = self.checksums.put(&self.name, Checksum { size: self.size, hash: self.hash.digest() });
        self.checksums.keep_error(CHECKSUMS.as_ref(), recorded)
    }
}
