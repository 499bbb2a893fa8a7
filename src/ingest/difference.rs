//! Differences between a corpus and its index.

use std::path::Path;

use rayon::prelude::*;

use super::error::Error;
use super::last::has_drafts;
use super::mount::{CorpusFolder, Mount, walk};
use super::plan::{Plan, is_same};
use super::sources::Sources;
use crate::backend::{Commit, FileRecord};
use crate::corpus;

/// Changes that the next run would index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Number of new files.
    pub new: usize,
    /// Number of files with changed content.
    pub changed: usize,
    /// Number of removed files.
    pub removed: usize,
    /// True if `digest-search.yaml`, or the rules of indexing, have changed.
    pub settings: bool,
}

impl Difference {
    /// Reports whether nothing has changed.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares a commit with its corpus.
pub fn difference(commit: &Commit<'_>) -> Result<Difference, Error> {
    let mounts = Mount::all(&CorpusFolder::of_catalog(&commit.catalog))?;
    let mut listing = walk(&mounts)?;
    let sources = Sources::open(&mounts, has_drafts(commit))?;
    sources.skip_files(&mut listing);
    let settings = sources.fingerprint != commit.catalog.fingerprint;
    let plan = Plan::update(&sources, &listing, commit);
    let unreadable = listing.unreadable.iter().map(|(path, cause)| (path, cause.to_string()));
    let mut unreadable = unreadable.chain(plan.unreadable.iter().map(|(path, cause)| (path, cause.clone())));
    if let Some((path, cause)) = unreadable.next() {
        let cause = format!("cannot be read: {cause}");
        return Err(Error::Unreadable { path: sources.full(path), cause, more: unreadable.count() });
    }
    let before = |path: &str| commit.files.binary_search_by(|file| file.path.as_str().cmp(path));
    let new = plan.reads.iter().filter(|unread| before(unread.path).is_err()).count();
    let removed = commit.files.len() + new - listing.files.len();
    Ok(Difference { new, changed: plan.reads.len() - new, removed, settings })
}

/// A file whose content differs from the indexed content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleFile {
    /// Path relative to the corpus.
    pub path: String,
    /// True if size, times or inode have changed, so that the next run reads the file. Otherwise the disk is at fault,
    /// or a clock was set back.
    pub has_new_stat: bool,
}

/// Reads every indexed file of a corpus and returns those whose content has changed. Skips unreadable files. Returns
/// nothing where `root` is no corpus of the index.
pub fn stale_files(commit: &Commit<'_>, root: &Path) -> Vec<StaleFile> {
    let mounts = Mount::all(&CorpusFolder::of_catalog(&commit.catalog)).unwrap_or_default();
    let is_root = |mount: &&Mount| root.canonicalize().is_ok_and(|root| root == mount.corpus.path);
    let Some(mount) = mounts.iter().find(is_root) else { return Vec::new() };
    let stale = |file: &FileRecord| {
        let path = mount.below(&file.path)?;
        let text = corpus::read(&root.join(path)).ok()?;
        let has_new_stat = !is_same(file.stat, text.stat, commit.catalog.started);
        (text.hash != file.hash?).then(|| StaleFile { path: path.to_owned(), has_new_stat })
    };
    commit.files.par_iter().filter_map(stale).collect()
}
