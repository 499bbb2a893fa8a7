//! Ledgers of `--since-last`: the content hashes of all entries indexed at the last run with a name, by which the next
//! run finds new entries. Hashes are of contents, not ids: an edited entry is new, a moved or restored one is not. The
//! file is outside the generations of an index, so a rebuild keeps it:
//!
//! ```text
//! digest-search ledger 2\n
//! version of the analysis of the contents, 4 bytes, little-endian like all numbers
//! length of the corpus path, 4 bytes, and the path, arbitrary bytes
//! content hashes, sorted, 8 bytes each
//! hash of all of the above, 8 bytes
//! ```
//!
//! Another analysis gives other hashes for the same text, so hashes of two versions cannot be compared: after an
//! upgrade, all indexed entries count as seen, once.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use digest_search::failure::Failure;
use digest_search::files;
use xxhash_rust::xxh3::xxh3_64;

const HEADER: &[u8] = b"digest-search ledger 2\n";

/// Header of the first version: the path ends with a line break, without a version of the analysis.
const HEADER_V1: &[u8] = b"digest-search ledger 1\n";

/// Maximum length of a name.
const MAX_NAME: usize = 100;

/// An error of a ledger.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A name that is not a portable file name.
    #[error("invalid name `{0}`")]
    Name(String),
    /// Another run is using the ledger.
    #[error("another run named `{0}` is in progress")]
    Busy(String),
    /// The ledger belongs to another corpus.
    #[error("the name `{name}` is in use for the corpus {}", .corpus.display())]
    OtherCorpus {
        /// The name.
        name: String,
        /// The corpus of the ledger.
        corpus: PathBuf,
    },
    /// The ledger cannot be read or written.
    #[error("{}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
}

impl Error {
    /// Returns the hint.
    pub fn hint(&self) -> String {
        match self {
            Self::Name(_) => {
                format!("use at most {MAX_NAME} letters, digits, `-`, `_` and `.`, starting with a letter or digit")
            }
            Self::Busy(_) => "wait for it to end, or use another name".into(),
            Self::OtherCorpus { .. } => "use another name, or another folder with --state".into(),
            Self::Io { .. } => "name a writable folder with --state".into(),
        }
    }
}

/// The record of the last run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Last {
    /// The content hashes of that run, sorted.
    SeenHashes(Vec<u64>),
    /// A record of another version of the analysis.
    OtherAnalysis,
    /// No record.
    Missing,
    /// A damaged record.
    Damaged,
}

/// A locked ledger.
pub struct Ledger {
    path: PathBuf,
    corpus: PathBuf,
    analysis: u32,
    last: Last,
    _lock: File,
}

impl Ledger {
    /// Opens and locks the ledger of a name in a folder, which is created if missing. `analysis` is the current version of
    /// the analysis.
    pub fn open(folder: &Path, name: &str, corpus: &Path, analysis: u32) -> Result<Self, Error> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.len() > MAX_NAME
            || !name.starts_with(|c: char| c.is_ascii_alphanumeric())
            || !name.chars().all(is_plain)
        {
            return Err(Error::Name(name.to_owned()));
        }
        files::create_folder(folder).map_err(io(folder))?;
        let lock_path = folder.join(format!("{name}.lock"));
        let lock = files::append(&lock_path).map_err(io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy(name.to_owned())),
            Err(TryLockError::Error(error)) => return Err(io(&lock_path)(error)),
        }
        // A killed run may have left it.
        let _ = fs::remove_file(folder.join(format!("{name}.new")));
        let path = folder.join(format!("{name}.ledger"));
        let last = match files::read(&path) {
            Ok(bytes) => match LedgerFile::parse(&bytes, corpus) {
                Some(LedgerFile { corpus: of, .. }) if of != corpus => {
                    return Err(Error::OtherCorpus { name: name.to_owned(), corpus: of.to_owned() });
                }
                Some(read) if read.analysis == Some(analysis) => Last::SeenHashes(read.contents),
                Some(_) => Last::OtherAnalysis,
                None => Last::Damaged,
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => Last::Missing,
            Err(e) => return Err(io(&path)(e)),
        };
        Ok(Self { path, corpus: corpus.to_owned(), analysis, last, _lock: lock })
    }

    /// Returns the record of the last run.
    pub fn last(&self) -> &Last {
        &self.last
    }

    /// Adds content hashes to the record, atomically.
    pub fn remember(self, mut contents: Vec<u64>) -> Result<(), Error> {
        if let Last::SeenHashes(known) = &self.last {
            contents.extend(known);
        }
        contents.sort_unstable();
        contents.dedup();
        let corpus = self.corpus.as_os_str().as_bytes();
        let mut bytes = HEADER.to_vec();
        bytes.extend(self.analysis.to_le_bytes());
        bytes.extend((corpus.len() as u32).to_le_bytes());
        bytes.extend(corpus);
        bytes.extend(contents.iter().flat_map(|content| content.to_le_bytes()));
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        files::replace(&self.path, &bytes).map_err(io(&self.path))
    }
}

/// The parsed contents of a ledger file.
struct LedgerFile<'a> {
    corpus: &'a Path,
    /// The version of the analysis, if recorded.
    analysis: Option<u32>,
    contents: Vec<u64>,
}

impl<'a> LedgerFile<'a> {
    /// Parses a file; `None` if it is damaged. `corpus` is the expected folder.
    fn parse(bytes: &'a [u8], corpus: &'a Path) -> Option<Self> {
        let (body, hash) = bytes.split_last_chunk()?;
        if xxh3_64(body) != u64::from_le_bytes(*hash) {
            return None;
        }
        if let Some(body) = body.strip_prefix(HEADER_V1) {
            return Self::parse_v1(body, corpus);
        }
        let (analysis, rest) = body.strip_prefix(HEADER)?.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (corpus, contents) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (chunks, []) = contents.as_chunks() else { return None };
        let contents = chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect();
        Some(Self { corpus: path(corpus), analysis: Some(u32::from_le_bytes(*analysis)), contents })
    }

    /// Parses the first version of the format, in which a path with a line break or invalid UTF-8 was altered. Its hashes
    /// are of another analysis, so they are dropped.
    fn parse_v1(body: &'a [u8], expected: &'a Path) -> Option<Self> {
        let is_expected = body.starts_with(format!("{}\n", expected.to_string_lossy()).as_bytes());
        let corpus = if is_expected { expected } else { path(&body[..memchr::memchr(b'\n', body)?]) };
        Some(Self { corpus, analysis: None, contents: Vec::new() })
    }
}

fn path(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}

fn io(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::Io { path, source }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let hint = error.hint();
        Self::new("since_last", &error, Some(hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(folder: &tempfile::TempDir) -> Ledger {
        Ledger::open(folder.path(), "mail", "/digests".as_ref(), 9).expect("free")
    }

    #[test]
    fn seen_hashes_accumulate() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(open(&folder).last, Last::Missing);
        open(&folder).remember(vec![3, u64::MAX, 3, 10]).expect("written");
        assert_eq!(open(&folder).last, Last::SeenHashes(vec![3, 10, u64::MAX]));
        open(&folder).remember(vec![7]).expect("written");
        assert_eq!(open(&folder).last, Last::SeenHashes(vec![3, 7, 10, u64::MAX]));
    }

    #[test]
    fn damaged_files_are_detected() {
        let folder = tempfile::tempdir().expect("a folder");
        open(&folder).remember((0..100).collect()).expect("written");
        let path = folder.path().join("mail.ledger");
        let whole = fs::read(&path).expect("written");
        for cut in [0, 1, HEADER.len(), 40, whole.len() - 8, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).expect("written");
            assert_eq!(open(&folder).last, Last::Damaged, "{cut}");
        }
        let mut other = whole.clone();
        other[60] ^= 1;
        fs::write(&path, other).expect("written");
        assert_eq!(open(&folder).last, Last::Damaged);
        // A length beyond the end of the file, with a valid hash.
        let mut other = [HEADER, &[0xff; 8]].concat();
        other.extend(xxh3_64(&other).to_le_bytes());
        fs::write(&path, other).expect("written");
        assert_eq!(open(&folder).last, Last::Damaged);
    }

    #[test]
    fn contents_of_another_analysis_are_not_compared() {
        let folder = tempfile::tempdir().expect("a folder");
        let of = |analysis| Ledger::open(folder.path(), "mail", "/digests".as_ref(), analysis).expect("free");
        of(8).remember(vec![1, 2]).expect("written");
        assert_eq!(of(9).last, Last::OtherAnalysis);
        of(9).remember(vec![3]).expect("written");
        assert_eq!(of(9).last, Last::SeenHashes(vec![3]), "hashes of the other analysis are dropped");
        // Files of the first version.
        for (name, digests) in [("/digests", "/digests"), ("/two\nlines", "/two\nlines")] {
            let mut bytes = format!("digest-search ledger 1\n{name}\n").into_bytes();
            bytes.extend([5u64, 6].map(u64::to_le_bytes).concat());
            bytes.extend(xxh3_64(&bytes).to_le_bytes());
            fs::write(folder.path().join("mail.ledger"), bytes).expect("written");
            let opened = Ledger::open(folder.path(), "mail", digests.as_ref(), 9).expect("free");
            assert_eq!(opened.last, Last::OtherAnalysis, "{name:?}");
            let other = Ledger::open(folder.path(), "mail", "/elsewhere".as_ref(), 9);
            drop(opened);
            assert!(other.is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_corpus_path_may_be_any_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        for bytes in [&b"/two\nlines"[..], b"/no \xff text", b"\n", b""] {
            let open = || Ledger::open(folder.path(), "mail", path(bytes), 9).expect("free");
            open().remember(vec![1]).expect("written");
            assert_eq!(open().last, Last::SeenHashes(vec![1]), "{bytes:?}");
            assert!(matches!(
                Ledger::open(folder.path(), "mail", "/digests".as_ref(), 9),
                Err(Error::OtherCorpus { corpus, .. }) if corpus == path(bytes)
            ));
            fs::remove_file(folder.path().join("mail.ledger")).expect("removed");
        }
    }

    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("victim"), "precious").expect("written");
        for name in ["mail.lock", "mail.ledger"] {
            std::os::unix::fs::symlink("victim", folder.path().join(name)).expect("linked");
            let opened = Ledger::open(folder.path(), "mail", "/digests".as_ref(), 9);
            assert!(matches!(opened, Err(Error::Io { .. })), "{name}");
            fs::remove_file(folder.path().join(name)).expect("removed");
        }
        std::os::unix::fs::symlink("victim", folder.path().join(".mail.ledger.new")).expect("linked");
        open(&folder).remember(vec![1]).expect("written");
        assert_eq!(fs::read(folder.path().join("victim")).expect("there"), b"precious");
    }

    #[test]
    fn a_ledger_is_locked_and_belongs_to_one_corpus() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = open(&folder);
        let try_open = |name: &str, corpus: &str| Ledger::open(folder.path(), name, corpus.as_ref(), 9);
        assert!(matches!(try_open("mail", "/digests"), Err(Error::Busy(_))));
        assert!(try_open("other", "/digests").is_ok());
        first.remember(vec![1]).expect("written");
        assert!(matches!(try_open("mail", "/elsewhere"), Err(Error::OtherCorpus { .. })));
        for name in ["", "../x", "a/b", ".hidden", "a b", &"x".repeat(101)] {
            assert!(matches!(try_open(name, "/digests"), Err(Error::Name(_))), "{name}");
        }
    }
}
