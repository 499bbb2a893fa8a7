//! Which files have to be read.

use std::ptr;

use rayon::prelude::*;

use super::in_order::InOrder;
use super::read::{Source, unreadable};
use crate::backend::{Commit, FileRecord, State};
use crate::corpus::{self, Found, ReadError, Stat};
use crate::model::DigestId;

/// A file that was changed so shortly before the last run began, in nanoseconds, may have been changed again within the
/// same tick of the file system's clock.
const TICK: i64 = 2_000_000_000;

/// What to do with each file.
#[derive(Default)]
pub struct Plan<'a> {
    /// What is indexed as it is, sorted by path.
    pub kept: Vec<Kept<'a>>,
    /// Files to read.
    pub reads: Vec<Unread<'a>>,
    /// Digests to take out before anything is put in.
    pub outdated: Vec<DigestId>,
    /// Digests that have perhaps changed, but can't be read now, and why. They are kept.
    pub unreadable: Vec<(String, String)>,
    /// Whether the index has to be written.
    pub changes: bool,
}

/// A file that is to be read.
#[derive(Clone, Copy)]
pub struct Unread<'a> {
    /// Its path below the corpus's folder.
    pub path: &'a str,
    /// Its size when the folder was walked.
    pub size: u64,
}

/// A file that is indexed as it is.
pub struct Kept<'a> {
    /// What is known of it.
    pub file: &'a FileRecord,
    /// What the file system says of it now, by which it is known again.
    stat: Stat,
}

enum Verdict<'a> {
    Keep(Kept<'a>),
    KeepUnreadable(Kept<'a>, String),
    Read(Unread<'a>),
}

impl Kept<'_> {
    /// What is known of it now.
    pub fn record(&self) -> FileRecord {
        FileRecord { stat: self.stat, ..self.file.clone() }
    }
}

impl<'a> Plan<'a> {
    /// Everything is to be read.
    pub fn anew(found: &'a Found) -> Self {
        let reads = found.files.iter().map(|(path, stat)| Unread { path, size: stat.size }).collect();
        Self { reads, changes: true, ..Self::default() }
    }

    /// Compares what was found with what is indexed.
    pub fn update(source: &Source, found: &'a Found, previous: &'a Commit<'_>) -> Self {
        let mut last = InOrder::new(&previous.files);
        let pairs: Vec<_> = found.files.iter().map(|(path, stat)| (path.as_str(), *stat, last.find(path))).collect();
        let started = previous.catalog.started;
        let verdicts: Vec<Verdict> = pairs
            .into_par_iter()
            .map(|(path, stat, old)| {
                let unread = Unread { path, size: stat.size };
                old.map_or(Verdict::Read(unread), |old| judge(source, old, unread, stat, started))
            })
            .collect();
        let mut plan = Self::default();
        for verdict in verdicts {
            match verdict {
                Verdict::Keep(kept) => plan.kept.push(kept),
                Verdict::KeepUnreadable(kept, cause) => {
                    plan.unreadable.push((kept.file.path.clone(), cause));
                    plan.kept.push(kept);
                }
                Verdict::Read(unread) => plan.reads.push(unread),
            }
        }
        plan.read_orphans();
        let mut kept = plan.kept.iter().peekable();
        let is_dropped = |file: &&FileRecord| kept.next_if(|kept| ptr::eq(kept.file, *file)).is_none();
        let dropped: Vec<&FileRecord> = previous.files.iter().filter(is_dropped).collect();
        plan.outdated = dropped.iter().filter_map(|file| file.digest().map(|digest| digest.id())).collect();
        plan.changes = !plan.reads.is_empty() || !dropped.is_empty();
        plan
    }

    /// A duplicate is kept only where the file that is indexed instead is.
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

    /// The size of the largest file that is to be read.
    pub fn largest(&self) -> u64 {
        self.reads.iter().map(|unread| unread.size).max().unwrap_or_default()
    }

    /// Whether all is as it was, times and inodes of files included.
    pub fn changes_nothing(&self) -> bool {
        !self.changes && self.kept.iter().all(|kept| kept.stat == kept.file.stat)
    }
}

/// Whether what the file system says of a file shows that it is as it was at the run that began then. Otherwise its content
/// has to tell.
pub fn is_same(old: Stat, stat: Stat, started: i64) -> bool {
    old == stat && stat.mtime.max(stat.ctime) < started.saturating_sub(TICK)
}

fn judge<'a>(source: &Source, old: &'a FileRecord, unread: Unread<'a>, stat: Stat, started: i64) -> Verdict<'a> {
    let kept = Kept { file: old, stat };
    if !source.settles(old) {
        return Verdict::Read(unread);
    }
    // A file that was not read: what may have changed since, such as permissions, shows in neither size nor time.
    if old.hash.is_none() {
        let same = corpus::read(&source.root.join(&old.path)).is_err_and(|error| unreadable(&error) == old.state);
        return if same { Verdict::Keep(Kept { file: old, stat: old.stat }) } else { Verdict::Read(unread) };
    }
    if is_same(old.stat, stat, started) {
        return Verdict::Keep(kept);
    }
    match corpus::hash(&source.root.join(&old.path)) {
        Ok(hash) if old.hash == Some(hash) => Verdict::Keep(kept),
        Err(ReadError::Io(e)) if old.digest().is_some() => {
            Verdict::KeepUnreadable(Kept { file: old, stat: old.stat }, e.to_string())
        }
        _ => Verdict::Read(unread),
    }
}
