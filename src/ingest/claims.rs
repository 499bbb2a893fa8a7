//! Ownership of a digest: several files may claim the same topic and day, and one of them is indexed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::error::Error;
use super::plan::Plan;
use super::read::CHANGED;
use crate::backend::{self, DigestRecord, FileRecord, State};
use crate::model::DigestId;
use crate::model::Document;

/// Owner of each digest while files are read in parallel. The first file read owns it until [`settle`].
pub struct Claims<'a> {
    kept: HashMap<(&'a str, &'a str, NaiveDate, &'a str), &'a str>,
    read: Mutex<HashMap<DigestId, &'a str>>,
}

impl<'a> Claims<'a> {
    /// Starts with the files that the plan keeps, each the owner of its digest.
    pub fn new(plan: &Plan<'a>) -> Self {
        // Without a read there is no claim.
        let kept = plan.kept.iter().filter(|_| !plan.reads.is_empty());
        let kept = kept.filter_map(|kept| Some((kept.file.digest()?.key(), kept.file.path.as_str()))).collect();
        Self { kept, read: Mutex::default() }
    }

    /// Claims a digest for a file and returns the owner, which may be another file.
    pub fn owner(&self, digest: &DigestRecord, path: &'a str) -> &'a str {
        if let Some(owner) = self.kept.get(&digest.key()) {
            return owner;
        }
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(digest.id()).or_insert(path)
    }
}

/// Returns the state of a file whose digest another file owns.
pub fn duplicate(digest: &DigestRecord, of: String) -> State {
    State::Duplicate { digest: digest.id(), of, draft: digest.draft }
}

/// Gives each contested digest to the first of its paths, so that the result does not depend on the order of reads.
pub fn settle(
    read: &dyn Fn(&str) -> (FileRecord, Vec<Document>),
    files: &mut [FileRecord],
    mut replace: impl FnMut(&DigestId, Vec<Document>) -> Result<(), backend::Error>,
) -> Result<(), Error> {
    let mut contested: BTreeMap<DigestId, (String, Vec<String>)> = BTreeMap::new();
    for file in files.iter() {
        if let State::Duplicate { digest, of, .. } = &file.state {
            contested.entry(digest.clone()).or_insert_with(|| (of.clone(), vec![of.clone()])).1.push(file.path.clone());
        }
    }
    for (id, (owner, mut claimants)) in contested {
        claimants.sort();
        let mut winner = None;
        for path in claimants {
            if winner.is_none() && path != owner {
                winner = take_over(read, files, &path, &id, &mut replace)?;
            } else if winner.is_none() {
                winner = Some(path);
            } else if let (Some(file), Some(winner)) = (record_of(files, &path), &winner) {
                match &mut file.state {
                    State::Digest(digest) => file.state = duplicate(digest, winner.clone()),
                    State::Duplicate { of, .. } => of.clone_from(winner),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// Reads a duplicate again and indexes it in place of the owner. Returns its path, or `None` if the file is not that
/// digest any more.
fn take_over(
    read: &dyn Fn(&str) -> (FileRecord, Vec<Document>),
    files: &mut [FileRecord],
    path: &str,
    id: &DigestId,
    replace: &mut impl FnMut(&DigestId, Vec<Document>) -> Result<(), backend::Error>,
) -> Result<Option<String>, Error> {
    let (mut record, documents) = read(path);
    let is_winner = record.digest().is_some_and(|digest| digest.id() == *id);
    if is_winner {
        replace(id, documents)?;
    } else if record.digest().is_some() {
        record.hash = None;
        record.state = State::Unreadable(CHANGED.to_owned());
    }
    if let Some(file) = record_of(files, path) {
        *file = record;
    }
    Ok(is_winner.then(|| path.to_owned()))
}

fn record_of<'a>(files: &'a mut [FileRecord], path: &str) -> Option<&'a mut FileRecord> {
    let at = files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
    files.get_mut(at)
}
