//! Remembers under a name which units were indexed at the last run, so that the next can tell what is new. It knows
//! contents, not ids: what was edited is new, what only came back, or moved, is not. It is a file of its own outside
//! the generations of an index, which a rebuild leaves alone:
//!
//! ```text
//! digest-search ledger 1\n
//! the folder of the digests\n
//! the contents' hashes, sorted, 8 bytes each, the lowest first
//! the hash of all that, 8 bytes
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

const HEADER: &str = "digest-search ledger 1\n";

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
    #[error("the name `{name}` is in use for the digests in {corpus}")]
    OtherCorpus {
        /// The name.
        name: String,
        /// The folder that it is for.
        corpus: String,
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
    Known(Vec<u64>),
    /// There is no file: there was no run, or the file is lost.
    Missing,
    /// The file can't be understood any more.
    Damaged,
}

/// A ledger that no other run uses meanwhile.
pub struct Ledger {
    path: PathBuf,
    corpus: String,
    last: Last,
    _lock: File,
}

impl Ledger {
    /// Opens the ledger of a name in a folder, which is made where there is none. `corpus` is the folder of digests.
    pub fn open(folder: &Path, name: &str, corpus: &str) -> Result<Self, Error> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.len() > MAX_NAME
            || !name.starts_with(|c: char| c.is_ascii_alphanumeric())
            || !name.chars().all(is_plain)
        {
            return Err(Error::Name(name.to_owned()));
        }
        fs::create_dir_all(folder).map_err(io(folder))?;
        let lock_path = folder.join(format!("{name}.lock"));
        let lock = OpenOptions::new().create(true).append(true).open(&lock_path).map_err(io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Busy(name.to_owned())),
            Err(TryLockError::Error(error)) => return Err(io(&lock_path)(error)),
        }
        let path = folder.join(format!("{name}.ledger"));
        let last = match fs::read(&path) {
            Ok(bytes) => match read(&bytes) {
                Some((of, _)) if of != corpus => {
                    return Err(Error::OtherCorpus { name: name.to_owned(), corpus: of.to_owned() });
                }
                Some((_, known)) => Last::Known(known),
                None => Last::Damaged,
            },
            Err(e) if e.kind() == io::ErrorKind::NotFound => Last::Missing,
            Err(e) => return Err(io(&path)(e)),
        };
        Ok(Self { path, corpus: corpus.to_owned(), last, _lock: lock })
    }

    /// What it knows of the last run.
    pub fn last(&self) -> &Last {
        &self.last
    }

    /// From now on, these contents are known as well. They take effect all at once, or not at all.
    pub fn remember(self, mut contents: Vec<u64>) -> Result<(), Error> {
        if let Last::Known(known) = &self.last {
            contents.extend(known);
        }
        contents.sort_unstable();
        contents.dedup();
        let mut bytes = format!("{HEADER}{}\n", self.corpus).into_bytes();
        bytes.extend(contents.iter().flat_map(|content| content.to_le_bytes()));
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        let new = self.path.with_extension("new");
        let write = || {
            let mut file = File::create(&new)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&new, &self.path)
        };
        write().map_err(io(&self.path))
    }
}

/// The folder of digests and the contents; none where anything is wrong.
fn read(bytes: &[u8]) -> Option<(&str, Vec<u64>)> {
    let (body, hash) = bytes.split_last_chunk()?;
    if xxh3_64(body) != u64::from_le_bytes(*hash) {
        return None;
    }
    let body = body.strip_prefix(HEADER.as_bytes())?;
    // Hashes may hold any byte, but the first line break ends the name of the folder.
    let end = body.iter().position(|byte| *byte == b'\n')?;
    let (chunks, rest) = body[end + 1..].as_chunks();
    rest.is_empty().then_some(())?;
    Some((std::str::from_utf8(&body[..end]).ok()?, chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect()))
}

fn io(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::Io { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(folder: &tempfile::TempDir) -> Ledger {
        Ledger::open(folder.path(), "mail", "/digests").expect("free")
    }

    #[test]
    fn what_was_once_known_stays_known() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(open(&folder).last, Last::Missing);
        open(&folder).remember(vec![3, u64::MAX, 3, 10]).expect("written");
        assert_eq!(open(&folder).last, Last::Known(vec![3, 10, u64::MAX]));
        open(&folder).remember(vec![7]).expect("written");
        assert_eq!(open(&folder).last, Last::Known(vec![3, 7, 10, u64::MAX]));
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
    }

    #[test]
    fn one_run_at_a_time_and_one_folder_a_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = open(&folder);
        assert!(matches!(Ledger::open(folder.path(), "mail", "/digests"), Err(Error::Busy(_))));
        assert!(Ledger::open(folder.path(), "other", "/digests").is_ok());
        first.remember(vec![1]).expect("written");
        assert!(matches!(Ledger::open(folder.path(), "mail", "/elsewhere"), Err(Error::OtherCorpus { .. })));
        for name in ["", "../x", "a/b", ".hidden", "a b", &"x".repeat(101)] {
            assert!(matches!(Ledger::open(folder.path(), name, "/digests"), Err(Error::Name(_))), "{name}");
        }
    }
}
