//! The commit file: the catalog, and the list of files. One is written for each commit, never changed, and named in the
//! payload of Tantivy's commit, so that documents and list always match.
//!
//! Its first line is the [`Catalog`], which every command reads; then come the checksum of the rest and the files
//! ([`records`]), which only `index`, `status` and the page of a digest read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use super::storage::checksums::Checksums;
use super::storage::layout::CHECKSUMS;
use crate::backend::{Catalog, Commit, Error, PartialCatalog, records};
use crate::files;

/// Opens a commit file and reads its catalog.
pub fn open(path: &Path) -> Result<(Catalog, File), Error> {
    let file = files::open(path).map_err(Error::read(path))?;
    let mut line = Vec::new();
    BufReader::new(&file).read_until(b'\n', &mut line).map_err(Error::read(path))?;
    Ok((parse(&line, path)?, file))
}

/// Parses the first line of a commit file.
fn parse(line: &[u8], path: &Path) -> Result<Catalog, Error> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let damaged = |e: serde_json::Error| Error::Damaged { path: path.to_path_buf(), message: e.to_string() };
    let Version { version } = serde_json::from_slice(line).map_err(damaged)?;
    if version != crate::digest::VERSION {
        return Err(Error::OtherVersion { path: path.to_path_buf() });
    }
    serde_json::from_slice(line).map_err(damaged)
}

/// Reads the version-independent part of the catalog; `None` if it is unreadable.
pub fn partial_catalog(path: &Path) -> Result<Option<PartialCatalog>, Error> {
    let mut line = Vec::new();
    let read = files::open(path).and_then(|file| BufReader::new(file).read_until(b'\n', &mut line));
    read.map_err(Error::io(path))?;
    Ok(serde_json::from_slice(&line).ok())
}

/// Writes a commit file and syncs it to disk.
pub fn write(commit: &Commit<'_>, path: &Path, checksums: &Checksums) -> Result<(), Error> {
    let mut bytes = serde_json::to_vec(&commit.catalog).map_err(|e| Error::io(path)(e.into()))?;
    let records = records::write(&commit.files);
    bytes.push(b'\n');
    bytes.extend(xxh3_64(&records).to_le_bytes());
    bytes.extend(records);
    let noted = checksums.record(Path::new(path.file_name().unwrap_or_default()), &bytes);
    noted.map_err(Error::io(path.with_file_name(CHECKSUMS)))?;
    let write = || {
        let mut file = files::create(path)?;
        file.write_all(&bytes)?;
        file.sync_all()
    };
    write().map_err(Error::io(path))
}

/// Reads the whole of an open commit file.
pub fn read(file: &File, path: &Path) -> Result<Commit<'static>, Error> {
    let mut bytes = Vec::new();
    FromStart { file, at: 0 }.read_to_end(&mut bytes).map_err(Error::read(path))?;
    let line = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
    let (line, rest) = bytes.split_at(line);
    let catalog = parse(line, path)?;
    let files = rest.split_first_chunk().and_then(|(checksum, records)| {
        let is_whole = u64::from_le_bytes(*checksum) == xxh3_64(records);
        is_whole.then(|| records::read(records)).flatten()
    });
    let damaged = || Error::Damaged { path: path.to_path_buf(), message: "the list of files is damaged".to_owned() };
    Ok(Commit { catalog, files: Cow::Owned(files.ok_or_else(damaged)?) })
}

/// Reads a file from its start without its shared offset, so that several threads may read at a time.
struct FromStart<'a> {
    file: &'a File,
    at: u64,
}

impl Read for FromStart<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buf, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}
