//! Checks before a commit: refuses changes that are more likely a mistake than intended.

use std::collections::HashSet;

use super::error::Error;
use super::last::Last;
use super::mount::{Mount, are_indexed, full};
use super::options::Options;
use super::path_cursor::PathCursor;
use super::rebuild_reason::RebuildReason;
use super::report::{EXAMPLES, Report};
use crate::backend::{Commit, DigestRecord, FileRecord, State};
use crate::corpus::Listing;

/// Returns an error where a folder is unreadable: its digests may be indexed, and would count as removed.
pub fn refuse_unreadable(options: &Options, mounts: &[Mount], listing: &Listing) -> Result<(), Error> {
    match listing.unreadable.first() {
        Some((path, cause)) if !options.allow_shrink => Err(Error::Unreadable {
            path: full(mounts, path),
            cause: format!("cannot be read: {cause}"),
            more: listing.unreadable.len() - 1,
        }),
        _ => Ok(()),
    }
}

/// Returns an error where a corpus has no files. Such a run creates nothing, not even the folder of the index.
pub fn refuse_empty(options: &Options, mounts: &[Mount], listing: &Listing) -> Result<(), Error> {
    let has_files = |mount: &Mount| listing.files.iter().any(|(path, _)| mount.below(path).is_some());
    match mounts.iter().find(|mount| !has_files(mount)) {
        Some(Mount { root, .. }) if !options.allow_shrink => {
            Err(Error::NoDigests { corpus: root.clone(), undated: 0, first: Vec::new(), drafts: 0 })
        }
        _ => Ok(()),
    }
}

/// Returns an error where a commit is more likely a mistake than intended. Each corpus is checked by itself: one of several
/// may be unmounted.
pub fn check(
    options: &Options,
    mounts: &[Mount],
    last: &Last,
    commit: &Commit<'_>,
    report: &Report,
) -> Result<(), Error> {
    if options.strict && report.has_skipped_digests() {
        return Err(Error::Strict { skipped: report.skipped_digests().cloned().collect() });
    }
    if options.allow_shrink {
        return Ok(());
    }
    refuse_unreadable_digests(mounts, last, commit, report.rebuild_reason)?;
    mounts.iter().try_for_each(|mount| refuse_no_digests(mount, commit))?;
    let Some(remains) = last.remains.as_ref().filter(|last| are_indexed(mounts, last)) else {
        return Ok(());
    };
    let shrunk = |gone: usize, before: usize, corpus: Option<&Mount>| match gone * 2 > before {
        true => Err(Error::Shrunk { gone, before, corpus: corpus.map(|mount| mount.root.clone()) }),
        false => Ok(()),
    };
    match &last.commit {
        Some(last) => mounts.iter().try_for_each(|mount| {
            shrunk(gone(mount, last, commit), digests(mount, last), Some(mount).filter(|_| mounts.len() > 1))
        }),
        // Only the number of all digests is known.
        None => shrunk(remains.digests.saturating_sub(commit.catalog.digests), remains.digests, None),
    }
}

/// Returns an error where a corpus has no digests.
fn refuse_no_digests(mount: &Mount, commit: &Commit<'_>) -> Result<(), Error> {
    let of = |is_one: fn(&State) -> bool| {
        let files = commit.files.iter().filter(move |file| is_one(&file.state));
        files.filter_map(|file| mount.below(&file.path))
    };
    if of(|state| matches!(state, State::Digest(_))).next().is_some() {
        return Ok(());
    }
    let undated = || of(|state| matches!(state, State::NotADigest));
    Err(Error::NoDigests {
        corpus: mount.root.clone(),
        undated: undated().count(),
        first: undated().take(EXAMPLES).map(str::to_owned).collect(),
        drafts: of(|state| matches!(state, State::Draft)).count(),
    })
}

/// Returns the number of digests of a corpus.
fn digests(mount: &Mount, commit: &Commit<'_>) -> usize {
    let files = commit.files.iter().filter(|file| mount.below(&file.path).is_some());
    files.filter_map(FileRecord::digest).count()
}

/// Returns the number of digests of a corpus in the last commit that the new one lacks.
fn gone(mount: &Mount, last: &Commit<'_>, commit: &Commit<'_>) -> usize {
    let mut files = PathCursor::new(&commit.files);
    let mut missed = Vec::new();
    for file in last.files.iter().filter(|file| mount.below(&file.path).is_some()) {
        let now = files.find(&file.path);
        // The id of a digest in another layout depends on other files, too.
        if now.is_some_and(|now| now.digest().is_some() && now.facts.is_some() && file.facts.is_some()) {
            continue;
        }
        let now = now.and_then(FileRecord::digest).map(DigestRecord::key);
        missed.extend(file.digest().map(DigestRecord::key).filter(|key| Some(*key) != now));
    }
    if missed.is_empty() {
        return 0;
    }
    // Digests may have moved to other files.
    let present: HashSet<_> = commit.files.iter().filter_map(FileRecord::digest).map(DigestRecord::key).collect();
    missed.iter().filter(|key| !present.contains(*key)).count()
}

/// Returns an error where an indexed digest is unreadable and its entries cannot be kept. Where the list of indexed
/// files is lost, any file may have been indexed.
fn refuse_unreadable_digests(
    mounts: &[Mount],
    last: &Last,
    commit: &Commit<'_>,
    rebuild_reason: Option<RebuildReason>,
) -> Result<(), Error> {
    let is_other_corpus = last.remains.as_ref().is_some_and(|last| !are_indexed(mounts, last));
    if rebuild_reason == Some(RebuildReason::NoIndex) || is_other_corpus {
        return Ok(());
    }
    let mut indexed = last.commit.as_ref().map(|last| PathCursor::new(&last.files));
    let mut was_indexed = |path: &str| match &mut indexed {
        Some(indexed) => indexed.find(path).is_some_and(|last| last.digest().is_some()),
        None => true,
    };
    let unreadable = commit.files.iter().filter(|file| matches!(file.state, State::Unreadable(_)));
    let mut lost = unreadable.filter(|file| was_indexed(&file.path));
    match lost.next() {
        Some(FileRecord { path, state: State::Unreadable(cause), .. }) => {
            Err(Error::Unreadable { path: full(mounts, path), cause: cause.clone(), more: lost.count() })
        }
        _ => Ok(()),
    }
}
