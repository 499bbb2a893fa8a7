//! How far a folder has gone on since it was indexed.

use std::path::Path;

use rayon::prelude::*;

use super::error::Error;
use super::last::has_drafts;
use super::plan::{Plan, is_same};
use super::read::Source;
use crate::backend::{Commit, FileRecord};
use crate::corpus;

/// The files that the next run would bring up to date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that were not there.
    pub new: usize,
    /// Files that have another content.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Whether `digest-search.yaml`, or the way of indexing, has changed.
    pub settings: bool,
}

impl Difference {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares the folder of an index with what is indexed.
pub fn difference(commit: &Commit<'_>) -> Result<Difference, Error> {
    let root = commit.catalog.corpus.as_path();
    let found = corpus::walk(root)?;
    let source = Source::new(root, has_drafts(commit))?;
    let settings = source.fingerprint != commit.catalog.fingerprint;
    let plan = Plan::update(&source, &found, commit);
    let unreadable = found.unreadable.iter().map(|(path, cause)| (path, cause.to_string()));
    let mut unreadable = unreadable.chain(plan.unreadable.iter().map(|(path, cause)| (path, cause.clone())));
    if let Some((path, cause)) = unreadable.next() {
        let cause = format!("can't be read: {cause}");
        return Err(Error::Unreadable { path: root.join(path), cause, more: unreadable.count() });
    }
    let before = |path: &str| commit.files.binary_search_by(|file| file.path.as_str().cmp(path));
    let new = plan.reads.iter().filter(|unread| before(unread.path).is_err()).count();
    let removed = commit.files.len() + new - found.files.len();
    Ok(Difference { new, changed: plan.reads.len() - new, removed, settings })
}

/// A file whose content is not what is indexed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its path below the corpus's folder.
    pub path: String,
    /// Whether the next run reads it: it differs in size, times or inode. Where it does not, the disk is at fault, or a
    /// clock was put back.
    pub is_found: bool,
}

/// Reads all files of the folder of an index that are still there, and returns those whose content is not what was read
/// when they were indexed. Those that can't be read now are passed over. None where the folder is another one.
pub fn unlike(commit: &Commit<'_>, root: &Path) -> Vec<Unseen> {
    if !root.canonicalize().is_ok_and(|root| root == commit.catalog.corpus) {
        return Vec::new();
    }
    let unlike = |file: &FileRecord| {
        let text = corpus::read(&root.join(&file.path)).ok()?;
        let is_found = !is_same(file.stat, text.stat, commit.catalog.started);
        (text.hash != file.hash?).then(|| Unseen { path: file.path.clone(), is_found })
    };
    commit.files.par_iter().filter_map(unlike).collect()
}
