//! An index in a folder: the implementation of [`Index`].

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
use crate::backend::{Checked, Commit, Damage, Depth, Error, Health, Index, PartialCatalog, Session, Snapshot, Wait};
use crate::files;

/// The name of the thread that opens an index that may be damaged.
pub const OPENING: &str = "opener";

/// An index in a folder.
#[derive(Debug, Clone)]
pub struct FolderIndex(PathBuf);

impl FolderIndex {
    /// Returns the index in a folder, which need not exist.
    pub fn new(path: &Path) -> Self {
        Self(path.to_path_buf())
    }
}

impl Index for FolderIndex {
    fn open(&self) -> Result<Box<dyn Snapshot>, Error> {
        let folder = Folder::new(&self.0);
        for attempt in 1.. {
            let generation = folder.pin_current()?;
            match OpenCommit::open(generation) {
                Err(Error::Io { source, path }) if files::refusal(&source).is_some() => {
                    return Err(Error::Io { source, path });
                }
                // Most often, a newer commit has removed a file.
                Err(Error::Unavailable { .. } | Error::Io { .. } | Error::Damaged { .. }) if attempt < ATTEMPTS => {
                    thread::sleep(Duration::from_millis(attempt.into()));
                }
                opened => return opened.map(|opened| Box::new(opened) as Box<dyn Snapshot>),
            }
        }
        unreachable!("the last attempt returns")
    }

    fn lock(&self, _wait: &Wait<'_>) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(Store::lock(&self.0)?))
    }

    /// Opens the commit in a thread named [`OPENING`]: Tantivy trusts its files and may panic over damaged ones, which ends
    /// only that thread.
    fn last_commit(&self) -> Result<Commit<'static>, Error> {
        let open = || self.open().and_then(|snapshot| snapshot.commit());
        let unreadable = || Error::Damaged { path: self.0.clone(), message: "cannot be opened".to_owned() };
        thread::scope(|scope| {
            let opener = thread::Builder::new().name(OPENING.to_owned()).spawn_scoped(scope, open);
            opener.map_err(Error::io(&self.0))?.join().unwrap_or_else(|_| Err(unreadable()))
        })
    }

    fn salvage_commit(&self) -> Option<Commit<'static>> {
        let read = |path: PathBuf| manifest::read(&files::open(&path).ok()?, &path).ok();
        Folder::new(&self.0).candidates().iter().filter_map(|path| commit_files(path).ok()).flatten().find_map(read)
    }

    fn partial_catalog(&self) -> Result<Option<PartialCatalog>, Error> {
        let folder = Folder::new(&self.0);
        let candidates = folder.candidates();
        for generation in &candidates {
            for path in commit_files(generation)? {
                if let Some(catalog) = manifest::partial_catalog(&path)? {
                    return Ok(Some(catalog));
                }
            }
        }
        let named = folder.current()?.map(|name| self.0.join(name));
        let unreadable = |path| Error::Damaged { path, message: "no readable commit file".to_owned() };
        named.or_else(|| candidates.into_iter().next()).map_or(Ok(None), |path| Err(unreadable(path)))
    }

    fn check(&self, depth: Depth) -> Result<Checked, Error> {
        let folder = Folder::new(&self.0);
        for attempt in 1.. {
            let generation = match folder.pin_current() {
                Err(Error::Damaged { path, message }) => {
                    return Ok(Checked { damage: vec![Damage { path, message }], ..Checked::default() });
                }
                generation => generation?,
            };
            let state = || {
                let files = [META, CHECKSUMS].map(|name| files::read(&generation.path.join(name)).ok());
                (folder.current().ok(), files)
            };
            let before = state();
            let found = checksums::damage(&generation.path, depth);
            // A concurrent commit replaces and removes files, and records checksums before it writes.
            let is_sound = found.as_ref().is_ok_and(|found| found.damage.is_empty());
            if is_sound || state() == before || attempt == ATTEMPTS {
                return found;
            }
        }
        unreachable!("the last attempt returns")
    }

    fn health(&self) -> Result<Option<Health>, Error> {
        Ok(None)
    }

    fn leftovers(&self) -> Vec<PathBuf> {
        if lock::is_taken(&self.0) {
            return Vec::new();
        }
        let left = Folder::new(&self.0).leftovers();
        // A writer may have started meanwhile.
        if lock::is_taken(&self.0) { Vec::new() } else { left }
    }
}

/// Returns the commit files of a generation, newest first; that of a failed run may be incomplete.
fn commit_files(generation: &Path) -> Result<Vec<PathBuf>, Error> {
    let files = fs::read_dir(generation).and_then(|files| files.map(|file| Ok(file?.path())).collect());
    let files: Vec<PathBuf> = files.map_err(Error::io(generation))?;
    let mut files: Vec<_> = files.into_iter().filter_map(|path| Some((commit_number(&path)?, path))).collect();
    files.sort_unstable_by(|a, b| b.cmp(a));
    Ok(files.into_iter().map(|(_, path)| path).collect())
}
