//! How far a folder has gone on since it was indexed.

use std::path::Path;

use super::plan::Plan;
use super::read::Source;
use super::{Error, has_drafts};
use crate::corpus;
use crate::engine::Commit;

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
    let root = Path::new(&commit.catalog.corpus);
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
    let new = plan.reads.iter().filter(|path| before(path).is_err()).count();
    let removed = commit.files.len() + new - found.files.len();
    Ok(Difference { new, changed: plan.reads.len() - new, removed, settings })
}
