//! Which files have to be read.

use std::ptr;

use rayon::prelude::*;

use super::in_order::InOrder;
use super::read::{Source, unreadable};
use crate::corpus::{self, Found, ReadError, Stat};
use crate::digest::DigestId;
use crate::engine::{Commit, FileEntry, State};

/// A file changed so shortly before the last run began, in nanoseconds, may have been changed again within the same
/// tick of the file system's clock.
const TICK: i64 = 2_000_000_000;

/// What to do with each file.
#[derive(Default)]
pub struct Plan<'a> {
    /// What is indexed as it is, sorted by path.
    pub kept: Vec<Kept<'a>>,
    /// Paths to read.
    pub reads: Vec<&'a str>,
    /// Digests to take out before anything is put in.
    pub outdated: Vec<DigestId>,
    /// Digests that have perhaps changed, but can't be read now, and why. They are kept.
    pub unreadable: Vec<(String, String)>,
    /// Whether the index has to be written.
    pub changes: bool,
}

/// A file that is indexed as it is.
pub struct Kept<'a> {
    /// What is known of it.
    pub file: &'a FileEntry,
    /// Its size and time now, by which it is known again.
    stat: Stat,
}

enum Verdict<'a> {
    Keep(Kept<'a>),
    KeepUnreadable(Kept<'a>, String),
    Read(&'a str),
}

impl Kept<'_> {
    /// What is known of it now.
    pub fn entry(&self) -> FileEntry {
        FileEntry { stat: self.stat, ..self.file.clone() }
    }
}

impl<'a> Plan<'a> {
    /// Everything is to be read.
    pub fn anew(found: &'a Found) -> Self {
        let reads = found.files.iter().map(|(path, _)| path.as_str()).collect();
        Self { reads, changes: true, ..Self::default() }
    }

    /// Compares what was found with what is indexed.
    pub fn update(source: &Source, found: &'a Found, previous: &'a Commit<'_>) -> Self {
        let mut last = InOrder::new(&previous.files);
        let pairs: Vec<_> = found.files.iter().map(|(path, stat)| (path.as_str(), *stat, last.find(path))).collect();
        let started = previous.catalog.started;
        let verdicts: Vec<Verdict> = pairs
            .into_par_iter()
            .map(|(path, stat, old)| old.map_or(Verdict::Read(path), |old| judge(source, old, stat, started)))
            .collect();
        let mut plan = Self::default();
        for verdict in verdicts {
            match verdict {
                Verdict::Keep(kept) => plan.kept.push(kept),
                Verdict::KeepUnreadable(kept, cause) => {
                    plan.unreadable.push((kept.file.path.clone(), cause));
                    plan.kept.push(kept);
                }
                Verdict::Read(path) => plan.reads.push(path),
            }
        }
        plan.read_orphans();
        let mut kept = plan.kept.iter().peekable();
        let is_dropped = |file: &&FileEntry| kept.next_if(|kept| ptr::eq(kept.file, *file)).is_none();
        let dropped: Vec<&FileEntry> = previous.files.iter().filter(is_dropped).collect();
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
        let orphans: Vec<&str> = self.kept.iter().filter(is_orphan).map(|kept| kept.file.path.as_str()).collect();
        if !orphans.is_empty() {
            self.kept.retain(|kept| orphans.binary_search(&kept.file.path.as_str()).is_err());
            self.reads.extend(orphans);
        }
    }

    /// Whether all is as it was, the times of files included.
    pub fn changes_nothing(&self) -> bool {
        !self.changes && self.kept.iter().all(|kept| kept.stat == kept.file.stat)
    }
}

fn judge<'a>(source: &Source, old: &'a FileEntry, stat: Stat, started: i64) -> Verdict<'a> {
    let kept = Kept { file: old, stat };
    if !source.settles(old) {
        return Verdict::Read(&old.path);
    }
    // A file that was not read: what may have changed since, such as permissions, shows in neither size nor time.
    if old.hash.is_none() {
        let same = corpus::read(&source.root.join(&old.path)).is_err_and(|error| unreadable(&error) == old.state);
        return if same { Verdict::Keep(kept) } else { Verdict::Read(&old.path) };
    }
    if old.stat == stat && stat.mtime < started - TICK {
        return Verdict::Keep(kept);
    }
    match corpus::hash(&source.root.join(&old.path)) {
        Ok(hash) if old.hash == Some(hash) => Verdict::Keep(kept),
        Err(ReadError::Io(e)) if old.digest().is_some() => {
            Verdict::KeepUnreadable(Kept { file: old, stat: old.stat }, e.to_string())
        }
        _ => Verdict::Read(&old.path),
    }
}
