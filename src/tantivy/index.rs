//! An index in a folder, as the seam asks of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::indexing::writer::Store;
use super::manifest;
use super::snapshot::OpenCommit;
use super::storage::folder::{ATTEMPTS, Folder};
use super::storage::layout::{CHECKSUMS, META, commit_number};
use super::storage::{checksums, lock};
use crate::backend::{Checked, Commit, Damage, Depth, Error, Index, Remains, Session, Snapshot};
use crate::files;

/// The name of the thread on which an index is opened that may be damaged.
pub const OPENING: &str = "opening";

/// An index in a folder.
#[derive(Debug, Clone)]
pub struct FolderIndex(PathBuf);

impl FolderIndex {
    /// Returns the index in a folder. Nothing about it need exist.
    pub fn new(path: &Path) -> Self {
        Self(path.to_path_buf())
    }
}

impl Index for FolderIndex {
    fn open(&self) -> Result<Box<dyn Snapshot>, Error> {
        let folder = Folder::new(&self.0);
        for attempt in 1.. {
            let held = folder.hold_current()?;
            match OpenCommit::open(held) {
                Err(Error::Io { source, path }) if files::refusal(&source).is_some() => {
                    return Err(Error::Io { source, path });
                }
                // Most often a file that a newer commit has removed.
                Err(Error::Unavailable { .. } | Error::Io { .. } | Error::Damaged { .. }) if attempt < ATTEMPTS => {
                    thread::sleep(Duration::from_millis(attempt.into()));
                }
                opened => return opened.map(|opened| Box::new(opened) as Box<dyn Snapshot>),
            }
        }
        unreachable!("the last attempt returns")
    }

    fn lock(&self) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(Store::lock(&self.0)?))
    }

    /// Tantivy takes its bytes for what it wrote, and panics over some that are not. Here, that is an error like any
    /// other: it ends a thread called [`OPENING`] and nothing else.
    fn last_commit(&self) -> Result<Commit<'static>, Error> {
        let open = || self.open().and_then(|snapshot| snapshot.commit());
        let unreadable = || Error::Damaged { path: self.0.clone(), message: "it can't be opened".to_owned() };
        thread::scope(|scope| {
            let opening = thread::Builder::new().name(OPENING.to_owned()).spawn_scoped(scope, open);
            opening.map_err(Error::io(&self.0))?.join().unwrap_or_else(|_| Err(unreadable()))
        })
    }

    fn listed(&self) -> Option<Commit<'static>> {
        let read = |path: PathBuf| manifest::read(&files::open(&path).ok()?, &path).ok();
        Folder::new(&self.0).candidates().iter().filter_map(|path| commit_files(path).ok()).flatten().find_map(read)
    }

    fn remains(&self) -> Result<Option<Remains>, Error> {
        let folder = Folder::new(&self.0);
        let candidates = folder.candidates();
        for generation in &candidates {
            for path in commit_files(generation)? {
                if let Some(remains) = manifest::remains(&path)? {
                    return Ok(Some(remains));
                }
            }
        }
        let named = folder.current()?.map(|name| self.0.join(name));
        let says_nothing = |path| Error::Damaged { path, message: "there is no commit file to be read".to_owned() };
        named.or_else(|| candidates.into_iter().next()).map_or(Ok(None), |path| Err(says_nothing(path)))
    }

    fn check(&self, depth: Depth) -> Result<Checked, Error> {
        let folder = Folder::new(&self.0);
        for attempt in 1.. {
            let held = match folder.hold_current() {
                Err(Error::Damaged { path, message }) => {
                    return Ok(Checked { damage: vec![Damage { path, message }], ..Checked::default() });
                }
                held => held?,
            };
            let written = || {
                let files = [META, CHECKSUMS].map(|name| files::read(&held.path.join(name)).ok());
                (folder.current().ok(), files)
            };
            let before = written();
            let found = checksums::damage(&held.path, depth);
            // A commit that is made meanwhile replaces and removes files, and has noted what it writes before.
            let is_sound = found.as_ref().is_ok_and(|found| found.damage.is_empty());
            if is_sound || written() == before || attempt == ATTEMPTS {
                return found;
            }
        }
        unreachable!("the last attempt returns")
    }

    fn left_behind(&self) -> Vec<PathBuf> {
        if lock::is_taken(&self.0) {
            return Vec::new();
        }
        let left = Folder::new(&self.0).left_behind();
        // A writer may have begun meanwhile.
        if lock::is_taken(&self.0) { Vec::new() } else { left }
    }
}

/// The commit files of a generation, the newest first: that of a run that failed may be there in part.
fn commit_files(generation: &Path) -> Result<Vec<PathBuf>, Error> {
    let files = fs::read_dir(generation).and_then(|files| files.map(|file| Ok(file?.path())).collect());
    let files: Vec<PathBuf> = files.map_err(Error::io(generation))?;
    let mut files: Vec<_> = files.into_iter().filter_map(|path| Some((commit_number(&path)?, path))).collect();
    files.sort_unstable_by(|a, b| b.cmp(a));
    Ok(files.into_iter().map(|(_, path)| path).collect())
}
