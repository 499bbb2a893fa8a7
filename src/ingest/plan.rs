//! Which files have to be read.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::read::{Source, unreadable};
use crate::corpus::{self, Found, ReadError, Stat};
use crate::digest::DigestId;
use crate::engine::{Commit, FileEntry, State};

/// A file changed so shortly before the last run began, in nanoseconds, may have been changed again within the same
/// tick of the file system's clock.
const TICK: i64 = 2_000_000_000;

/// What to do with each file.
#[derive(Default)]
pub struct Plan {
    /// What is indexed as it is.
    pub kept: Vec<FileEntry>,
    /// Paths to read.
    pub reads: Vec<String>,
    /// Digests to take out before anything is put in.
    pub outdated: Vec<DigestId>,
    /// Digests that have perhaps changed, but can't be read now, and why. They are kept.
    pub unreadable: Vec<(String, String)>,
    /// Whether the index has to be written.
    pub changes: bool,
}

enum Verdict {
    Keep(FileEntry),
    /// As it was, if the file that is indexed instead still is.
    KeepDuplicate(FileEntry),
    KeepUnreadable(FileEntry, String),
    Read(String),
}

impl Plan {
    /// Everything is to be read.
    pub fn anew(found: &Found) -> Self {
        let reads = found.files.iter().map(|(path, _)| path.clone()).collect();
        Self { reads, changes: true, ..Self::default() }
    }

    /// Compares what was found with what is indexed.
    pub fn update(source: &Source, found: &Found, previous: &Commit) -> Self {
        let last: HashMap<&str, &FileEntry> = previous.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let judge = |(path, stat): &(String, Stat)| {
            let old = last.get(path.as_str()).copied();
            old.map_or_else(|| Verdict::Read(path.clone()), |old| judge(source, old, *stat, previous.catalog.started))
        };
        let verdicts: Vec<Verdict> = found.files.par_iter().map(judge).collect();
        let mut plan = Self::default();
        let mut duplicates = Vec::new();
        for verdict in verdicts {
            match verdict {
                Verdict::Keep(file) => plan.kept.push(file),
                Verdict::KeepDuplicate(file) => duplicates.push(file),
                Verdict::KeepUnreadable(file, cause) => {
                    plan.unreadable.push((file.path.clone(), cause));
                    plan.kept.push(file);
                }
                Verdict::Read(path) => plan.reads.push(path),
            }
        }
        plan.keep_duplicates(duplicates);
        let kept: HashSet<&str> = plan.kept.iter().map(|file| file.path.as_str()).collect();
        let dropped = previous.files.iter().filter(|file| !kept.contains(file.path.as_str()));
        plan.outdated = dropped.clone().filter_map(|file| file.digest().map(|digest| digest.id())).collect();
        plan.changes = !plan.reads.is_empty() || dropped.count() > 0;
        plan
    }

    fn keep_duplicates(&mut self, duplicates: Vec<FileEntry>) {
        let indexed: HashSet<String> =
            self.kept.iter().filter(|f| f.digest().is_some()).map(|f| f.path.clone()).collect();
        for file in duplicates {
            match &file.state {
                State::Duplicate { of, .. } if indexed.contains(of) => self.kept.push(file),
                _ => self.reads.push(file.path),
            }
        }
    }
}

fn judge(source: &Source, old: &FileEntry, stat: Stat, started: i64) -> Verdict {
    let file = source.root.join(&old.path);
    let kept = FileEntry { stat, ..old.clone() };
    if !source.settles(old) {
        return Verdict::Read(kept.path);
    }
    // A file that was not read: what may have changed since, such as permissions, shows in neither size nor time.
    if old.hash.is_none() {
        let same = corpus::read(&file).is_err_and(|error| unreadable(&error) == old.state);
        return if same { Verdict::Keep(kept) } else { Verdict::Read(kept.path) };
    }
    let certain = old.stat == stat && stat.mtime < started - TICK;
    let unchanged = certain
        || match corpus::hash(&file) {
            Ok(hash) => old.hash == Some(hash),
            Err(ReadError::Io(e)) if old.digest().is_some() => {
                return Verdict::KeepUnreadable(old.clone(), e.to_string());
            }
            Err(_) => false,
        };
    match old.state {
        _ if !unchanged => Verdict::Read(kept.path),
        State::Duplicate { .. } => Verdict::KeepDuplicate(kept),
        _ => Verdict::Keep(kept),
    }
}
