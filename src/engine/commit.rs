//! The commit file: what is indexed, file by file, and a summary of it. One is written for each commit, never changed,
//! and named in the commit's payload, so that documents and list always belong together.
//!
//! Its first line is the [`Catalog`], which every command reads; behind it come the checksum of what follows and the
//! files ([`records`]), which only `index`, `status` and the page of a digest read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use super::catalog::{Catalog, UnitCounts};
use super::sums::{self, Sums};
use super::{Error, records};
use crate::corpus::Stat;
use crate::digest::Warning;
use crate::files;
use crate::model::{Attribution, DigestId};

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commit<'a> {
    /// The summary.
    pub catalog: Catalog,
    /// All Markdown files of the corpus, sorted by path; those of the last commit where nothing has changed.
    pub files: Cow<'a, [FileEntry]>,
}

/// A Markdown file of the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct FileEntry {
    /// Its path below the corpus's folder.
    pub path: String,
    /// Its size and time when it was read.
    pub stat: Stat,
    /// The hash of its bytes; none where it could not be read.
    pub hash: Option<u64>,
    /// What became of it.
    pub state: State,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It is indexed.
    Digest(DigestEntry),
    /// Some other Markdown.
    NotADigest,
    /// A draft, and drafts were not asked for.
    Draft,
    /// It can't be used.
    Unusable(Warning),
    /// It can't be read now.
    Unreadable(String),
    /// Another file is the digest of that topic and day.
    Duplicate {
        /// The topic.
        topic: String,
        /// The day.
        date: NaiveDate,
        /// The file that is indexed instead.
        of: String,
        /// Whether it is a draft.
        draft: bool,
    },
}

/// What is needed to know of an indexed digest without reading it again.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestEntry {
    /// What most digests of its topic share, and share in memory, too.
    pub head: Arc<Head>,
    /// The day.
    pub date: NaiveDate,
    /// Whether it is a draft.
    pub draft: bool,
    /// Its units.
    pub units: UnitCounts,
    /// How many words they have.
    pub words: u64,
    /// How many titles' perspectives are known, by how they are, in the order of [`Attribution::ALL`].
    pub attribution: [usize; Attribution::ALL.len()],
    /// What was odd in it.
    pub warnings: Vec<Warning>,
}

/// A digest's topic and sides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// The topic's id.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// Ids and names of the perspectives.
    pub perspectives: Vec<(String, String)>,
}

impl DigestEntry {
    /// The digest's id.
    pub fn id(&self) -> DigestId {
        DigestId { topic: self.head.topic.clone(), date: self.date }
    }

    /// The same, borrowed: topic and day.
    pub fn key(&self) -> (&str, NaiveDate) {
        (&self.head.topic, self.date)
    }
}

impl FileEntry {
    /// What is known of it if it is an indexed digest.
    pub fn digest(&self) -> Option<&DigestEntry> {
        match &self.state {
            State::Digest(entry) => Some(entry),
            _ => None,
        }
    }
}

impl Commit<'_> {
    /// Writes the file and sees to it that it is on the disk.
    pub(super) fn write(&self, path: &Path, sums: &Sums) -> Result<(), Error> {
        let mut bytes = serde_json::to_vec(&self.catalog).map_err(|e| Error::io(path)(e.into()))?;
        let records = records::write(&self.files);
        bytes.push(b'\n');
        bytes.extend(xxh3_64(&records).to_le_bytes());
        bytes.extend(records);
        let noted = sums.note(Path::new(path.file_name().unwrap_or_default()), &bytes);
        noted.map_err(Error::io(path.with_file_name(sums::FILE)))?;
        let write = || {
            let mut file = files::create(path)?;
            file.write_all(&bytes)?;
            file.sync_all()
        };
        write().map_err(Error::io(path))
    }

    /// Reads the whole of an open file.
    pub(super) fn read(file: &File, path: &Path) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        FromStart { file, at: 0 }.read_to_end(&mut bytes).map_err(Error::read(path))?;
        let line = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
        let (line, rest) = bytes.split_at(line);
        let catalog = Catalog::parse(line, path)?;
        let files = rest.split_first_chunk().and_then(|(checksum, records)| {
            let is_whole = u64::from_le_bytes(*checksum) == xxh3_64(records);
            is_whole.then(|| records::read(records)).flatten()
        });
        let damaged =
            || Error::Damaged { path: path.to_path_buf(), message: "the list of files is not whole".to_owned() };
        Ok(Self { catalog, files: Cow::Owned(files.ok_or_else(damaged)?) })
    }
}

/// Reads a file from its start, without the place in it that all who have it open share: several may read at a time.
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
