//! Survey of the corpora: the facts of their files in the general layout, and the decisions about each of them. Each corpus
//! is decided by itself.

use std::collections::HashMap;
use std::sync::Arc;

use super::error::Error;
use super::lanes;
use super::plan::{Plan, Unread};
use super::progress::Progress;
use super::sources::Sources;
use super::surveyed::Surveyed;
use crate::backend::{FileFacts, FileRecord};
use crate::corpus;
use crate::digest::{Facts, Folder, Layout};

/// Files of a corpus that are not in the site's own layout, by path.
#[derive(Default)]
pub struct Survey(HashMap<String, Surveyed>);

impl Survey {
    /// Collects the facts of the files to read and decides how every file is read. Kept files whose decisions changed are read
    /// again.
    pub fn new(sources: &Sources, plan: &mut Plan<'_>, progress: &dyn Progress) -> Result<Self, Error> {
        // Without a change, all decisions stay.
        if !plan.needs_write {
            return Ok(Self::default());
        }
        let read = |Unread { path, .. }: &Unread<'_>| match progress.is_stopped() {
            true => Err(Error::Stopped),
            false => Ok(survey(sources, path).map(|(hash, facts)| ((*path).to_owned(), hash, facts))),
        };
        let new: Vec<(String, u64, Option<Facts>)> =
            lanes::read_all(&plan.reads, read)?.into_iter().flatten().collect();
        let kept =
            plan.kept.iter().filter_map(|kept| Some((kept.file.path.as_str(), &kept.file.facts.as_ref()?.facts)));
        let mut all: Vec<(&str, &Facts)> =
            new.iter().filter_map(|(path, _, facts)| Some((path.as_str(), facts.as_ref()?))).chain(kept).collect();
        // The decisions do not depend on the order in which files are read.
        all.sort_unstable_by_key(|(path, _)| *path);
        let folders = sources.all.iter().map(|source| {
            let of = all.iter().filter_map(|(path, facts)| Some((source.mount.below(path)?, *facts)));
            Folder::decide(&source.mount.corpus.name, of)
        });
        let folders: Vec<Folder> = folders.collect();
        let reading = |path: &str, facts: &Facts| {
            let (at, _, below) = sources.of(path)?;
            Some(folders[at].reading(below, facts))
        };
        let mut files = HashMap::new();
        for kept in &plan.kept {
            if let (FileRecord { path, facts: Some(old), .. }, Some(hash)) = (kept.file, kept.file.hash) {
                let Some(reading) = reading(path, &old.facts) else { continue };
                let facts = match reading.fingerprint() {
                    same if same == old.reading => Arc::clone(old),
                    reading => Arc::new(FileFacts { facts: old.facts.clone(), reading }),
                };
                files.insert(path.clone(), Surveyed { hash, decided: Some((facts, reading)) });
            }
        }
        plan.read_again(|file| {
            let decided = files.get(&file.path).and_then(|surveyed: &Surveyed| surveyed.decided.as_ref());
            file.facts.as_ref().zip(decided).is_some_and(|(old, (new, _))| old.reading != new.reading)
        });
        for (path, hash, facts) in new {
            let decided = facts.and_then(|facts| {
                let reading = reading(&path, &facts)?;
                Some((Arc::new(FileFacts { facts, reading: reading.fingerprint() }), reading))
            });
            files.insert(path, Surveyed { hash, decided });
        }
        Ok(Self(files))
    }

    /// Returns what is known of a file; none of one in the site's own layout.
    pub fn of(&self, path: &str) -> Option<&Surveyed> {
        self.0.get(path)
    }
}

/// Returns hash and facts of a file; none of one that is unreadable or in the site's own layout.
fn survey(sources: &Sources, path: &str) -> Option<(u64, Option<Facts>)> {
    let (_, source, below) = sources.of(path)?;
    let full = source.mount.root.join(below);
    // Nearly every digest of the site has a mark in its first lines.
    if corpus::read_head(&full).is_some_and(|head| Layout::has_own_mark(&head)) {
        return None;
    }
    let text = corpus::read(&full).ok()?;
    (Layout::of(&text.text) == Layout::General).then(|| (text.hash, Facts::of(&text.text, below, &source.conventions)))
}
