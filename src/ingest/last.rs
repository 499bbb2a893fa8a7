//! State of the index before a run, and the reason to rebuild it, if any.

use std::path::Path;

use super::error::Error;
use super::mount::{CorpusFolder, Mount, are_indexed, corpus_id};
use super::options::Options;
use super::rebuild_reason::RebuildReason;
use super::sources::Sources;
use crate::backend::{self, Commit, Damage, Depth, FileRecord, PartialCatalog};
use crate::index;

/// Default corpus where no index exists and no folder is given.
pub const FOLDER: &str = "./corpus";

/// Returns the corpora of an index; `None` if no index exists.
///
/// # Errors
/// The index exists, but its corpora cannot be read from it.
pub fn folders_of(index: &Path) -> Result<Option<Vec<CorpusFolder>>, Error> {
    match index::at(index).partial_catalog() {
        Ok(remains) => Ok(remains.map(|remains| CorpusFolder::of(&remains))),
        // Where a cluster does not answer, a folder would not help.
        Err(source @ backend::Error::Remote { .. }) => Err(source.into()),
        Err(source) => Err(Error::UnknownFolder { index: index.to_path_buf(), source }),
    }
}

/// State of the index before a run.
pub struct Last {
    /// Last commit, where its file list is readable.
    pub commit: Option<Commit<'static>>,
    /// Corpus and number of digests, which may be readable where the commit is not.
    pub remains: Option<PartialCatalog>,
    /// Damage of the index.
    pub damage: Option<Damage>,
}

/// Returns the state of the index, and the reason to rebuild it, if any.
pub fn previous(
    options: &Options,
    sources: &Sources,
    mounts: &[Mount],
) -> Result<(Last, Option<RebuildReason>), Error> {
    // Tantivy takes some missing files for absent optional parts, and does not notice some truncated ones.
    let (commit, trouble) = match index::at(&options.index).last_commit() {
        Ok(commit) => (Some(commit), index::at(&options.index).verify(Depth::State).err()),
        Err(error) => (index::at(&options.index).salvage_commit(), Some(error)),
    };
    let remains = match &commit {
        Some(Commit { catalog, .. }) => Ok(Some(PartialCatalog::from(catalog))),
        None => index::at(&options.index).partial_catalog(),
    };
    let has_other_settings = |commit: &Commit<'_>| commit.catalog.fingerprint != sources.fingerprint;
    let damage = match &trouble {
        Some(backend::Error::Damaged { path, message }) => {
            Some(Damage { path: path.clone(), message: message.clone() })
        }
        _ => None,
    };
    let rebuild_reason = match trouble {
        None if options.rebuild => Some(RebuildReason::Requested),
        None => commit.as_ref().is_some_and(has_other_settings).then_some(RebuildReason::OtherSettings),
        Some(backend::Error::Missing { .. }) if matches!(remains, Ok(None)) => Some(RebuildReason::NoIndex),
        Some(backend::Error::Missing { .. }) => Some(RebuildReason::NoCurrent),
        Some(backend::Error::OtherVersion { .. }) => Some(RebuildReason::OtherVersion),
        Some(backend::Error::Damaged { .. } | backend::Error::Unavailable { .. }) => Some(RebuildReason::Damaged),
        Some(_) if options.rebuild => Some(RebuildReason::Requested),
        Some(error) => return Err(error.into()),
    };
    let last = Last { commit, remains: remains.ok().flatten(), damage };
    match &last.remains {
        Some(last) if !are_indexed(mounts, last) && !options.rebuild => Err(Error::OtherCorpus {
            index: options.index.clone(),
            indexed: named(&CorpusFolder::of(last)),
            corpora: named(&mounts.iter().map(|mount| CorpusFolder::from(&mount.corpus)).collect::<Vec<_>>()),
        }),
        _ => Ok((last, rebuild_reason)),
    }
}

/// Returns the folders, each with its id where there are several.
fn named(folders: &[CorpusFolder]) -> Vec<String> {
    let one = |CorpusFolder { name, path }: &CorpusFolder| match name {
        Some(name) if folders.len() > 1 => format!("{}={}", corpus_id(name), path.display()),
        _ => path.display().to_string(),
    };
    folders.iter().map(one).collect()
}

/// Reports whether a commit was made with drafts, as far as its digests show.
pub fn has_drafts(commit: &Commit<'_>) -> bool {
    commit.files.iter().filter_map(FileRecord::digest).any(|digest| digest.draft)
}
