//! What is indexed before a run, and whether it can go on from there.

use std::path::{Path, PathBuf};

use super::anew::Anew;
use super::error::Error;
use super::options::Options;
use super::read::Source;
use crate::backend::{self, Commit, Depth, FileRecord, PartialCatalog};
use crate::index;

/// Where digests are looked for as long as there is no index, and no folder is given.
pub const FOLDER: &str = "./corpus";

/// The folder that an index is of; none where there is no index.
///
/// # Errors
/// There is one, and it does not tell any more.
pub fn folder_of(index: &Path) -> Result<Option<PathBuf>, Error> {
    match index::at(index).partial_catalog() {
        Ok(remains) => Ok(remains.map(|remains| remains.corpus)),
        Err(source) => Err(Error::UnknownFolder { index: index.to_path_buf(), source }),
    }
}

/// What is indexed now.
pub struct Last {
    /// All of it, where the list can be read.
    pub commit: Option<Commit<'static>>,
    /// What the index says of itself even where it can't.
    pub remains: Option<PartialCatalog>,
}

/// What is indexed now, and why everything has to be indexed anew, if it has.
pub fn previous(options: &Options, source: &Source) -> Result<(Last, Option<Anew>), Error> {
    // Tantivy takes some missing files for parts that an index has not, and others may miss their ends.
    let (commit, trouble) = match index::at(&options.index).last_commit() {
        Ok(commit) => (Some(commit), index::at(&options.index).verify(Depth::State).err()),
        Err(error) => (index::at(&options.index).salvage_commit(), Some(error)),
    };
    let remains = match &commit {
        Some(Commit { catalog, .. }) => {
            Ok(Some(PartialCatalog { corpus: catalog.corpus.clone(), digests: catalog.digests }))
        }
        None => index::at(&options.index).partial_catalog(),
    };
    let has_other_settings = |commit: &Commit<'_>| commit.catalog.fingerprint != source.fingerprint;
    let anew = match trouble {
        None if options.rebuild => Some(Anew::Asked),
        None => commit.as_ref().is_some_and(has_other_settings).then_some(Anew::OtherSettings),
        Some(backend::Error::Missing { .. }) if matches!(remains, Ok(None)) => Some(Anew::NoIndex),
        Some(backend::Error::Missing { .. }) => Some(Anew::NoCurrent),
        Some(backend::Error::OtherVersion { .. }) => Some(Anew::OtherVersion),
        Some(backend::Error::Damaged { .. } | backend::Error::Unavailable { .. }) => Some(Anew::Damaged),
        Some(_) if options.rebuild => Some(Anew::Asked),
        Some(error) => return Err(error.into()),
    };
    let last = Last { commit, remains: remains.ok().flatten() };
    match &last.remains {
        Some(last) if last.corpus != source.corpus && !options.rebuild => Err(Error::OtherCorpus {
            index: options.index.clone(),
            indexed: last.corpus.clone(),
            corpus: source.corpus.clone(),
        }),
        _ => Ok((last, anew)),
    }
}

/// Whether drafts were asked for, as far as it shows in what is indexed.
pub fn has_drafts(commit: &Commit<'_>) -> bool {
    commit.files.iter().filter_map(FileRecord::digest).any(|digest| digest.draft)
}
