//! Plan of a run: files to keep, to read and to remove.

use std::ptr;

use rayon::prelude::*;

use super::path_cursor::PathCursor;
use super::read::unreadable;
use super::sources::Sources;
use crate::backend::{Commit, FileRecord, State};
use crate::corpus::{self, Listing, ReadError, Stat};
use crate::model::DigestId;

/// Bound on a tick of a file system's clock, in nanoseconds. A file changed within a tick of the last run's start may
/// have been changed again with the same time.
const TICK: i64 = 2_000_000_000;

/// Plan of a run.
#[derive(Default)]
pub struct Plan<'a> {
    /// Files whose entries stay, sorted by path.
    pub kept: Vec<Kept<'a>>,
    /// Files to read.
    pub reads: Vec<Unread<'a>>,
    /// Digests to remove before new entries are added.
    pub outdated: Vec<DigestId>,
    /// Path and cause of digests that are unreadable now. Their entries stay.
    pub unreadable: Vec<(String, String)>,
    /// True if the index must be written.
    pub needs_write: bool,
}

/// A file to read.
#[derive(Clone, Copy)]
pub struct Unread<'a> {
    /// Path relative to the corpus.
    pub path: &'a str,
    /// Size in bytes when the corpus was walked.
    pub size: u64,
}

/// A file whose entries stay.
pub struct Kept<'a> {
    /// Record in the last commit.
    pub file: &'a FileRecord,
    /// Current metadata, by which the next run recognizes the file.
    stat: Stat,
}

/// Action for a file.
enum Action<'a> {
    Keep(Kept<'a>),
    KeepUnreadable(Kept<'a>, String),
    Read(Unread<'a>),
}

impl Kept<'_> {
    /// Returns the record with the current metadata.
    pub fn record(&self) -> FileRecord {
        FileRecord { stat: self.stat, ..self.file.clone() }
    }
}

impl<'a> Plan<'a> {
    /// Plans to read every file.
    pub fn rebuild(listing: &'a Listing) -> Self {
        let reads = listing.files.iter().map(|(path, stat)| Unread { path, size: stat.size }).collect();
        Self { reads, needs_write: true, ..Self::default() }
    }

    /// Compares the files of the corpus with the last commit.
    pub fn update(sources: &Sources, listing: &'a Listing, previous: &'a Commit<'_>) -> Self {
        let mut last = PathCursor::new(&previous.files);
        let pairs: Vec<_> = listing.files.iter().map(|(path, stat)| (path.as_str(), *stat, last.find(path))).collect();
        let started = previous.catalog.started;
        let actions: Vec<Action> = pairs
            .into_par_iter()
            .map(|(path, stat, old)| {
                let unread = Unread { path, size: stat.size };
                old.map_or(Action::Read(unread), |old| choose_action(sources, old, unread, stat, started))
            })
            .collect();
        let mut plan = Self::default();
        for action in actions {
            match action {
                Action::Keep(kept) => plan.kept.push(kept),
                Action::KeepUnreadable(kept, cause) => {
                    plan.unreadable.push((kept.file.path.clone(), cause));
                    plan.kept.push(kept);
                }
                Action::Read(unread) => plan.reads.push(unread),
            }
        }
        plan.read_orphans();
        let mut kept = plan.kept.iter().peekable();
        let is_dropped = |file: &&FileRecord| kept.next_if(|kept| ptr::eq(kept.file, *file)).is_none();
        let dropped: Vec<&FileRecord> = previous.files.iter().filter(is_dropped).collect();
        plan.outdated = dropped.iter().filter_map(|file| file.digest().map(|digest| digest.id())).collect();
        plan.needs_write = !plan.reads.is_empty() || !dropped.is_empty();
        plan
    }

    /// Plans to read the duplicates whose digest is not kept.
    fn read_orphans(&mut self) {
        let is_digest = |path: &str| {
            let at = self.kept.binary_search_by(|kept| kept.file.path.as_str().cmp(path));
            at.is_ok_and(|at| self.kept[at].file.digest().is_some())
        };
        let is_orphan = |kept: &&Kept| matches!(&kept.file.state, State::Duplicate { of, .. } if !is_digest(of));
        let unread = |kept: &Kept<'a>| Unread { path: &kept.file.path, size: kept.stat.size };
        let orphans: Vec<Unread> = self.kept.iter().filter(is_orphan).map(unread).collect();
        if !orphans.is_empty() {
            let is_kept = |kept: &Kept| orphans.binary_search_by(|orphan| orphan.path.cmp(&kept.file.path)).is_err();
            self.kept.retain(is_kept);
            self.reads.extend(orphans);
        }
    }

    /// Plans to read the kept files of a predicate again, and the duplicates of their digests. Files that are unreadable now
    /// stay as they are.
    pub fn read_again(&mut self, is_outdated: impl Fn(&FileRecord) -> bool) {
        let is_readable = |file: &FileRecord| self.unreadable.iter().all(|(path, _)| *path != file.path);
        let (outdated, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.kept)
            .into_iter()
            .partition(|kept| is_outdated(kept.file) && is_readable(kept.file));
        self.kept = kept;
        self.outdated.extend(outdated.iter().filter_map(|kept| kept.file.digest().map(|digest| digest.id())));
        self.reads.extend(outdated.iter().map(|kept| Unread { path: &kept.file.path, size: kept.stat.size }));
        self.read_orphans();
    }

    /// Returns the size in bytes of the largest file that may be read.
    pub fn largest(&self) -> u64 {
        let again = self.kept.iter().filter(|kept| kept.file.facts.is_some()).map(|kept| kept.stat.size);
        self.reads.iter().map(|unread| unread.size).chain(again).max().unwrap_or_default()
    }

    /// Reports whether nothing has changed, including times and inodes of files.
    pub fn changes_nothing(&self) -> bool {
        !self.needs_write && self.kept.iter().all(|kept| kept.stat == kept.file.stat)
    }
}

/// Reports whether metadata proves a file unchanged since the run that began at `started`. Otherwise its content must
/// be compared.
pub fn is_same(old: Stat, stat: Stat, started: i64) -> bool {
    old == stat && stat.mtime.max(stat.ctime) < started.saturating_sub(TICK)
}

fn choose_action<'a>(
    sources: &Sources,
    old: &'a FileRecord,
    unread: Unread<'a>,
    stat: Stat,
    started: i64,
) -> Action<'a> {
    let kept = Kept { file: old, stat };
    if !sources.is_reusable(old) {
        return Action::Read(unread);
    }
    // The file was unreadable. A change of permissions shows in neither size nor time.
    if old.hash.is_none() {
        let same = corpus::read(&sources.full(&old.path)).is_err_and(|error| unreadable(&error) == old.state);
        return if same { Action::Keep(Kept { file: old, stat: old.stat }) } else { Action::Read(unread) };
    }
    if is_same(old.stat, stat, started) {
        return Action::Keep(kept);
    }
    match corpus::hash(&sources.full(&old.path)) {
        Ok(hash) if old.hash == Some(hash) => Action::Keep(kept),
        Err(ReadError::Io(e)) if old.digest().is_some() => {
            Action::KeepUnreadable(Kept { file: old, stat: old.stat }, e.to_string())
        }
        _ => Action::Read(unread),
    }
}
