//! Two files may claim one topic and day: which of them is the digest.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::error::Error;
use super::plan::Plan;
use super::read::Source;
use crate::backend::{self, DigestRecord, FileRecord, State};
use crate::model::DigestId;
use crate::model::Document;

/// The file of each digest while files are read: the first that is read gets it for now.
pub struct Claims<'a> {
    kept: HashMap<(&'a str, NaiveDate), &'a str>,
    read: Mutex<HashMap<DigestId, &'a str>>,
}

impl<'a> Claims<'a> {
    /// Of what is indexed and stays, each file has its digest.
    pub fn new(plan: &Plan<'a>) -> Self {
        // Where nothing is read, nothing is claimed.
        let kept = plan.kept.iter().filter(|_| !plan.reads.is_empty());
        let kept = kept.filter_map(|kept| Some((kept.file.digest()?.key(), kept.file.path.as_str()))).collect();
        Self { kept, read: Mutex::default() }
    }

    /// Claims a digest for a file. Gives the file that has it.
    pub fn owner(&self, digest: &DigestRecord, path: &'a str) -> &'a str {
        if let Some(owner) = self.kept.get(&digest.key()) {
            return owner;
        }
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(digest.id()).or_insert(path)
    }
}

/// What a file is whose digest another file holds.
pub fn duplicate(digest: &DigestRecord, of: String) -> State {
    State::Duplicate { topic: digest.head.topic.clone(), date: digest.date, of, draft: digest.draft }
}

/// Of several files for one topic and day the first path is the digest, however they came to be read.
pub fn settle(
    source: &Source,
    files: &mut [FileRecord],
    mut replace: impl FnMut(&DigestId, Vec<Document>) -> Result<(), backend::Error>,
) -> Result<(), Error> {
    let mut contested: BTreeMap<DigestId, (String, Vec<String>)> = BTreeMap::new();
    for file in files.iter() {
        if let State::Duplicate { topic, date, of, .. } = &file.state {
            let id = DigestId { topic: topic.clone(), date: *date };
            contested.entry(id).or_insert_with(|| (of.clone(), vec![of.clone()])).1.push(file.path.clone());
        }
    }
    for (id, (holder, mut claimants)) in contested {
        claimants.sort();
        let mut winner = None;
        for path in claimants {
            if winner.is_none() && path != holder {
                winner = take_over(source, files, &path, &id, &mut replace)?;
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

/// Reads a file that another was taken for and puts it in the other's place, if it still is that digest.
fn take_over(
    source: &Source,
    files: &mut [FileRecord],
    path: &str,
    id: &DigestId,
    replace: &mut impl FnMut(&DigestId, Vec<Document>) -> Result<(), backend::Error>,
) -> Result<Option<String>, Error> {
    let (mut record, documents) = source.read(path);
    let is_winner = record.digest().is_some_and(|digest| digest.id() == *id);
    if is_winner {
        replace(id, documents)?;
    } else if record.digest().is_some() {
        record.hash = None;
        record.state = State::Unreadable("it changed while it was read; index again".to_owned());
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
