//! What is more likely a mistake than meant, and is refused before anything counts.

use std::collections::HashSet;

use super::anew::Anew;
use super::error::Error;
use super::in_order::InOrder;
use super::last::Last;
use super::options::Options;
use super::report::Report;
use crate::backend::{Commit, DigestRecord, FileRecord, State};
use crate::corpus::Found;

/// A folder that can't be read may hold what is indexed: then nothing may be taken for gone.
pub fn refuse_unreadable(options: &Options, found: &Found) -> Result<(), Error> {
    match found.unreadable.first() {
        Some((path, cause)) if !options.allow_shrink => Err(Error::Unreadable {
            path: options.corpus.join(path),
            cause: format!("can't be read: {cause}"),
            more: found.unreadable.len() - 1,
        }),
        _ => Ok(()),
    }
}

/// Refuses what is more likely a mistake than meant, before anything counts.
pub fn check(options: &Options, last: &Last, commit: &Commit<'_>, report: &Report) -> Result<(), Error> {
    if options.strict && report.has_skipped_digests() {
        return Err(Error::Strict { skipped: report.skipped_digests().cloned().collect() });
    }
    if options.allow_shrink {
        return Ok(());
    }
    refuse_unreadable_digests(options, last, commit, report.anew)?;
    if commit.catalog.digests == 0 {
        return Err(Error::NoDigests { corpus: options.corpus.clone(), drafts: report.drafts });
    }
    let Some(remains) = last.remains.as_ref().filter(|last| last.corpus == commit.catalog.corpus) else {
        return Ok(());
    };
    let gone = match &last.commit {
        Some(last) => gone(last, commit),
        // Which they were is not known any more, but how many.
        None => remains.digests.saturating_sub(commit.catalog.digests),
    };
    if gone * 2 > remains.digests { Err(Error::Shrunk { gone, before: remains.digests }) } else { Ok(()) }
}

/// How many digests there are no more.
fn gone(last: &Commit<'_>, commit: &Commit<'_>) -> usize {
    let mut files = InOrder::new(&commit.files);
    let mut missed = Vec::new();
    for file in last.files.iter() {
        let now = files.find(&file.path).and_then(FileRecord::digest).map(DigestRecord::key);
        missed.extend(file.digest().map(DigestRecord::key).filter(|key| Some(*key) != now));
    }
    if missed.is_empty() {
        return 0;
    }
    // They may be in other files now.
    let there: HashSet<_> = commit.files.iter().filter_map(FileRecord::digest).map(DigestRecord::key).collect();
    missed.iter().filter(|key| !there.contains(*key)).count()
}

/// Refuses to take what was indexed and can't be read now for gone, where what is indexed of it can't be kept. Where it
/// is not known what was indexed, all may have been.
fn refuse_unreadable_digests(
    options: &Options,
    last: &Last,
    commit: &Commit<'_>,
    anew: Option<Anew>,
) -> Result<(), Error> {
    let is_of_another = last.remains.as_ref().is_some_and(|last| last.corpus != commit.catalog.corpus);
    if anew == Some(Anew::NoIndex) || is_of_another {
        return Ok(());
    }
    let mut indexed = last.commit.as_ref().map(|last| InOrder::new(&last.files));
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
