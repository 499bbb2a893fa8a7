//! Remembers under a name which entries were indexed at the last run, so that the next can tell what is new. It knows
//! contents, not ids: what was edited is new, what only came back, or moved, is not. It is a file of its own outside
//! the generations of an index, which a rebuild leaves alone:
//!
//! ```text
//! digest-search ledger 2\n
//! the version of the analysis that the contents went through, 4 bytes, the lowest first, as in all numbers
//! how long the name of the folder of the digests is, 4 bytes, and that name, whatever bytes it has
//! the contents' hashes, sorted, 8 bytes each
//! the hash of all that, 8 bytes
//! ```
//!
//! Another analysis makes another content of the same text. What went through one can't be compared with what went
//! through another: then all that is indexed counts as seen, once, so that an upgrade reports nothing old as new.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use digest_search::failure::Failure;
use digest_search::files;
use xxhash_rust::xxh3::xxh3_64;

const HEADER: &[u8] = b"digest-search ledger 2\n";

/// As long as the folder's name ended with a line break, and no version of the analysis was noted.
const EARLIER: &[u8] = b"digest-search ledger 1\n";

/// Longer names are refused.
const MAX_NAME: usize = 100;

/// Why a ledger can't be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The name can't be that of a file everywhere.
    #[error("`{0}` can't be a name")]
    Name(String),
    /// Another run is using it.
    #[error("another run with the name `{0}` is going on")]
    Busy(String),
    /// It is of another folder of digests.
    #[error("the name `{name}` is in use for the digests in {}", .corpus.display())]
    OtherCorpus {
        /// The name.
        name: String,
        /// The folder that it is for.
        corpus: PathBuf,
    },
    /// It can't be read or written.
    #[error("{}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Name(_) => {
                format!("use letters, digits, `-`, `_` and `.`, the first a letter or a digit, {MAX_NAME} at most")
            }
            Self::Busy(_) => "wait for it to end, or use another name".into(),
            Self::OtherCorpus { .. } => "use another name, or another folder with --state".into(),
            Self::Io { .. } => "name a folder that can be written with --state".into(),
        }
    }
}

/// What a ledger knows of the last run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Last {
    /// The contents that were indexed by then, sorted.
    SeenHashes(Vec<u64>),
    /// They went through another analysis.
    OtherAnalysis,
    /// There is no file: there was no run, or the file is lost.
    Missing,
    /// The file can't be understood any more.
    Damaged,
}

/// A ledger that no other run uses meanwhile.
pub struct Ledger {
    path: PathBuf,
    corpus: PathBuf,
    analysis: u32,
    last: Last,
    _lock: File,
}

impl Ledger {
    /// Opens the ledger of a name in a folder, which is made where there is none. `corpus` is the folder of digests,
    /// `analysis` the version of what contents go through now.
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
        // As a run that was killed may have left it.
        let _ = fs::remove_file(folder.join(format!("{name}.new")));
        let path = folder.join(format!("{name}.ledger"));
        let last = match files::read(&path) {
            Ok(bytes) => match Read::of(&bytes, corpus) {
                Some(Read { corpus: of, .. }) if of != corpus => {
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

    /// What it knows of the last run.
    pub fn last(&self) -> &Last {
        &self.last
    }

    /// From now on, these contents are known as well. They take effect all at once, or not at all.
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

/// What a file says.
struct Read<'a> {
    corpus: &'a Path,
    /// None where it was not noted.
    analysis: Option<u32>,
    contents: Vec<u64>,
}

impl<'a> Read<'a> {
    /// None where anything is wrong. `corpus` is the folder that is likely.
    fn of(bytes: &'a [u8], corpus: &'a Path) -> Option<Self> {
        let (body, hash) = bytes.split_last_chunk()?;
        if xxh3_64(body) != u64::from_le_bytes(*hash) {
            return None;
        }
        if let Some(body) = body.strip_prefix(EARLIER) {
            return Self::earlier(body, corpus);
        }
        let (analysis, rest) = body.strip_prefix(HEADER)?.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (corpus, contents) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (chunks, []) = contents.as_chunks() else { return None };
        let contents = chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect();
        Some(Self { corpus: path(corpus), analysis: Some(u32::from_le_bytes(*analysis)), contents })
    }

    /// A name that holds a line break, or bytes that are no text, was not kept as it is. Which contents there were is of
    /// no use any more.
    fn earlier(body: &'a [u8], likely: &'a Path) -> Option<Self> {
        let is_likely = body.starts_with(format!("{}\n", likely.to_string_lossy()).as_bytes());
        let corpus = if is_likely { likely } else { path(&body[..memchr::memchr(b'\n', body)?]) };
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
    fn what_was_once_known_stays_known() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(open(&folder).last, Last::Missing);
        open(&folder).remember(vec![3, u64::MAX, 3, 10]).expect("written");
        assert_eq!(open(&folder).last, Last::SeenHashes(vec![3, 10, u64::MAX]));
        open(&folder).remember(vec![7]).expect("written");
        assert_eq!(open(&folder).last, Last::SeenHashes(vec![3, 7, 10, u64::MAX]));
    }

    #[test]
    fn what_is_damaged_is_not_believed() {
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
        // A length that nothing stands behind, with the right sum.
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
        assert_eq!(of(9).last, Last::SeenHashes(vec![3]), "what was known before is of no use");
        // As the first form of the file was written.
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
    fn a_folder_may_have_any_name() {
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
    fn nothing_goes_through_a_link() {
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
    fn one_run_at_a_time_and_one_folder_a_name() {
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
