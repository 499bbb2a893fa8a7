//! Checks before a commit: refuses changes that are more likely a mistake than intended.

use std::collections::HashSet;

use super::error::Error;
use super::last::Last;
use super::options::Options;
use super::path_cursor::PathCursor;
use super::rebuild_reason::RebuildReason;
use super::report::Report;
use crate::backend::{Commit, DigestRecord, FileRecord, State};
use crate::corpus::Listing;

/// Returns an error where a folder is unreadable: its digests may be indexed, and would count as removed.
pub fn refuse_unreadable(options: &Options, listing: &Listing) -> Result<(), Error> {
    match listing.unreadable.first() {
        Some((path, cause)) if !options.allow_shrink => Err(Error::Unreadable {
            path: options.corpus.join(path),
            cause: format!("cannot be read: {cause}"),
            more: listing.unreadable.len() - 1,
        }),
        _ => Ok(()),
    }
}

/// Returns an error where a commit is more likely a mistake than intended.
pub fn check(options: &Options, last: &Last, commit: &Commit<'_>, report: &Report) -> Result<(), Error> {
    if options.strict && report.has_skipped_digests() {
        return Err(Error::Strict { skipped: report.skipped_digests().cloned().collect() });
    }
    if options.allow_shrink {
        return Ok(());
    }
    refuse_unreadable_digests(options, last, commit, report.rebuild_reason)?;
    if commit.catalog.digests == 0 {
        return Err(Error::NoDigests {
            corpus: options.corpus.clone(),
            undated: report.other_files,
            first: report.first_other_files.clone(),
            drafts: report.drafts,
        });
    }
    let Some(remains) = last.remains.as_ref().filter(|last| last.corpus == commit.catalog.corpus) else {
        return Ok(());
    };
    let gone = match &last.commit {
        Some(last) => gone(last, commit),
        // Only the number of digests is known.
        None => remains.digests.saturating_sub(commit.catalog.digests),
    };
    if gone * 2 > remains.digests { Err(Error::Shrunk { gone, before: remains.digests }) } else { Ok(()) }
}

/// Returns the number of digests of the last commit that the new one lacks.
fn gone(last: &Commit<'_>, commit: &Commit<'_>) -> usize {
    let mut files = PathCursor::new(&commit.files);
    let mut missed = Vec::new();
    for file in last.files.iter() {
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
    options: &Options,
    last: &Last,
    commit: &Commit<'_>,
    rebuild_reason: Option<RebuildReason>,
) -> Result<(), Error> {
    let is_other_corpus = last.remains.as_ref().is_some_and(|last| last.corpus != commit.catalog.corpus);
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
            Err(Error::Unreadable { path: options.corpus.join(path), cause: cause.clone(), more: lost.count() })
        }
        _ => Ok(()),
    }
}
