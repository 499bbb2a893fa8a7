//! Notes what is written, and why something could not be.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Sum, line, read};
use crate::backend::Depth;
use crate::files;
use crate::tantivy::errors::again;
use crate::tantivy::storage::layout::CHECKSUMS;

/// The sums of a generation, to write to.
#[derive(Debug, Clone)]
pub struct Sums {
    lines: Arc<Mutex<Lines>>,
    refusal: Arc<OnceLock<(PathBuf, io::Error)>>,
}

#[derive(Debug)]
struct Lines {
    file: File,
    /// Whether the last line may be there in part.
    torn: bool,
}

impl Sums {
    /// Opens them, and makes them where there are none.
    pub fn open(generation: &Path) -> io::Result<Self> {
        let mut file = files::append(&generation.join(CHECKSUMS))?;
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(-1)).is_ok() {
            file.read_exact(&mut last)?;
        }
        let lines = Arc::new(Mutex::new(Lines { file, torn: last != [b'\n'] }));
        Ok(Self { lines, refusal: Arc::default() })
    }

    /// What the system said first of a file that could not be written: Tantivy loses it on the way from its threads, or
    /// wraps it as if it were of what it had read.
    pub fn refusal(&self) -> Option<(&Path, io::Error)> {
        self.refusal.get().map(|(name, error)| (name.as_path(), again(error)))
    }

    /// Keeps what the system says of a file, if it refuses to write it.
    pub fn hear<T>(&self, name: &Path, result: io::Result<T>) -> io::Result<T> {
        result.inspect_err(|error| self.refuse(name, error))
    }

    pub fn refuse(&self, name: &Path, error: &io::Error) {
        // What was interrupted is tried again.
        if error.kind() != io::ErrorKind::Interrupted {
            self.refusal.get_or_init(|| (name.to_path_buf(), again(error)));
        }
    }

    /// Notes a file that will have these bytes, and sees to it that all that was noted is on the disk: what is true of
    /// the file from then on is not to be lost where the power fails.
    pub fn note(&self, name: &Path, bytes: &[u8]) -> io::Result<()> {
        self.put(name, Sum { size: bytes.len() as u64, hash: xxh3_64(bytes) })?;
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).file.sync_data()
    }

    /// A file that is noted when it is complete.
    pub fn noting(&self, name: &Path, file: WritePtr) -> WritePtr {
        let noting = Noting { file, name: name.into(), size: 0, hash: Box::default(), sums: self.clone() };
        WritePtr::new(Box::new(noting))
    }

    /// Forgets all: a generation of which nothing is known counts as damaged.
    pub fn distrust(generation: &Path) -> io::Result<()> {
        fs::remove_file(generation.join(CHECKSUMS))
    }

    /// Forgets files that are gone, and of files that were replaced what they were.
    pub fn tidy(generation: &Path) -> io::Result<()> {
        let mut lines = String::new();
        for (name, sums) in read::known(&files::read(&generation.join(CHECKSUMS))?) {
            let path = generation.join(&name);
            if path.exists() {
                // One may have been noted and then not written.
                let held = if sums.len() > 1 { read::look(&path, Depth::Bytes).ok() } else { None };
                let is_held = |sum: &&Sum| held == Some((sum.size, Some(sum.hash)));
                let kept = sums.iter().find(is_held).map_or(&sums[..], slice::from_ref);
                kept.iter().for_each(|sum| lines.push_str(&line(&name, *sum)));
            }
        }
        files::replace(&generation.join(CHECKSUMS), lines.as_bytes())
    }

    fn put(&self, name: &Path, sum: Sum) -> io::Result<()> {
        let mut line = line(&name.to_string_lossy(), sum);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        // What a killed run, or a full disk, left of a line is one by itself.
        if lines.torn {
            line.insert(0, '\n');
        }
        lines.torn = true;
        lines.file.write_all(line.as_bytes())?;
        lines.torn = false;
        Ok(())
    }
}

struct Noting {
    file: WritePtr,
    name: Box<Path>,
    size: u64,
    hash: Box<Xxh3>,
    sums: Sums,
}

impl Write for Noting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sums.hear(&self.name, self.file.write(bytes))?;
        self.hash.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sums.hear(&self.name, self.file.flush())
    }
}

impl TerminatingWrite for Noting {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.sums.hear(&self.name, self.file.terminate_ref(token))?;
        let noted = self.sums.put(&self.name, Sum { size: self.size, hash: self.hash.digest() });
        self.sums.hear(CHECKSUMS.as_ref(), noted)
    }
}
