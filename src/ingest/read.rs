//! One file of the corpus: path → what becomes of it, and its documents.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::error::Error;
use crate::backend::{Catalog, DigestRecord, EntryCounts, FileRecord, Head, State};
use crate::corpus::{self, ReadError, Stat};
use crate::digest::{self, Conventions, Digest, Note, Outcome, Parsed, Warning};
use crate::digest::{documents, overlong};
use crate::model::Attribution;
use crate::model::{Document, Kind};
use crate::text::bounded;

/// A corpus and all that decides how its files are read.
pub struct Source {
    /// The folder as it was given.
    pub root: PathBuf,
    /// The same without links and dots: what an index remembers.
    pub corpus: PathBuf,
    pub conventions: Conventions,
    /// The file that they are in.
    pub conventions_file: &'static str,
    /// What of them the digests that were read have.
    used: Mutex<BTreeSet<usize>>,
    pub fingerprint: String,
    pub drafts: bool,
}

/// Reads what the corpus says about itself.
fn conventions(root: &Path) -> Result<(&'static str, Conventions), Error> {
    let unreadable = |(name, source): (&str, ReadError)| Error::ReadConventions { path: root.join(name), source };
    let (name, yaml) = corpus::read_conventions(root).map_err(unreadable)?;
    let conventions = Conventions::from_yaml(&yaml);
    Ok((name, conventions.map_err(|source| Error::Conventions { path: root.join(name), source })?))
}

/// Stands for all that decides how a file is indexed.
fn fingerprint(conventions: &Conventions) -> String {
    // The text of a derived Debug is as good as any other for telling two apart; comments don't matter in it.
    let said = format!("{:?}", (&conventions.sources, &conventions.topics));
    format!("{}-{:016x}", crate::digest::VERSION, xxh3_64(said.as_bytes()))
}

impl Source {
    /// The corpus in a folder.
    pub fn new(root: &Path, drafts: bool) -> Result<Self, Error> {
        let (conventions_file, conventions) = conventions(root)?;
        let canonical = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        Ok(Self {
            root: root.to_path_buf(),
            corpus: canonical,
            fingerprint: fingerprint(&conventions),
            conventions,
            conventions_file,
            used: Mutex::default(),
            drafts,
        })
    }

    /// What of the conventions has no effect, once all digests are read.
    pub fn without_effect(&self) -> Vec<Note> {
        let unused = self.conventions.unused(&self.used.lock().unwrap_or_else(PoisonError::into_inner));
        self.conventions.notes().iter().cloned().chain(unused).collect()
    }

    fn note_used(&self, digest: &Digest) {
        let used = || self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.conventions.unused(&used()).is_empty() {
            let new = self.conventions.used(&digest.topic, digest.titles.iter().filter_map(|t| t.source.as_deref()));
            used().extend(new);
        }
    }

    /// The head of a catalog: all of it that does not depend on what is in the files.
    pub fn catalog(&self, started: i64) -> Catalog {
        Catalog {
            version: crate::digest::VERSION,
            fingerprint: self.fingerprint.clone(),
            corpus: self.corpus.clone(),
            started,
            ..Catalog::default()
        }
    }

    /// Whether what became of a file last time still holds if the file has not changed.
    pub fn settles(&self, old: &FileRecord) -> bool {
        match &old.state {
            State::Digest(digest) => self.drafts || !digest.draft,
            State::Draft => !self.drafts,
            State::Duplicate { draft, .. } => self.drafts || !draft,
            State::NotADigest | State::Unusable(_) | State::Unreadable(_) => true,
        }
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> (FileRecord, Vec<Document>) {
        let text = match corpus::read(&self.root.join(path)) {
            Ok(text) => text,
            Err(error) => {
                let state = unreadable(&error);
                return (FileRecord { path: path.to_owned(), stat: Stat::default(), hash: None, state }, Vec::new());
            }
        };
        let Parsed { outcome, warnings } = digest::parse(&text.text, &self.conventions);
        let mut warnings: Vec<Warning> = warnings.into_iter().map(|(_, warning)| warning).collect();
        if let Some(line) = text.invalid_line {
            warnings.insert(0, Warning::at(line, corpus::INVALID));
        }
        let (state, documents) = match outcome {
            Outcome::NotADigest => (State::NotADigest, Vec::new()),
            Outcome::Unusable(warning) => (State::Unusable(warning), Vec::new()),
            Outcome::Digest(digest) if digest.draft && !self.drafts => (State::Draft, Vec::new()),
            Outcome::Digest(mut digest) => {
                digest
                    .perspectives
                    .iter_mut()
                    .for_each(|perspective| perspective.id = bounded(&perspective.id).into_owned());
                self.note_used(&digest);
                warnings.extend(overlong(&digest));
                let mut record = record(&digest, warnings);
                let documents = documents(*digest, &self.conventions);
                count(&documents, &mut record);
                (State::Digest(record), documents)
            }
        };
        (FileRecord { path: path.to_owned(), stat: text.stat, hash: Some(text.hash), state }, documents)
    }
}

/// What becomes of a file that can't be read: only a system's error may pass.
pub fn unreadable(error: &ReadError) -> State {
    match error {
        ReadError::Io(_) => State::Unreadable(error.to_string()),
        ReadError::TooLarge
        | ReadError::TwoConventions
        | ReadError::Wide(_)
        | ReadError::NotAFile
        | ReadError::Link
        | ReadError::TooLong
        | ReadError::NotUtf8 { .. } => State::Unusable(Warning::file(error.to_string())),
    }
}

fn record(digest: &Digest, warnings: Vec<Warning>) -> DigestRecord {
    let mut perspectives: Vec<(String, String)> = Vec::new();
    for perspective in &digest.perspectives {
        if !perspectives.iter().any(|(id, _)| *id == perspective.id) {
            perspectives.push((perspective.id.clone(), perspective.name.clone()));
        }
    }
    DigestRecord {
        head: Arc::new(Head { topic: digest.topic.clone(), name: digest.topic_name.clone(), perspectives }),
        date: digest.date,
        draft: digest.draft,
        entries: EntryCounts::default(),
        words: 0,
        attribution: Default::default(),
        warnings,
    }
}

fn count(documents: &[Document], record: &mut DigestRecord) {
    for document in documents {
        match document.kind {
            Kind::Highlight => record.entries.highlights += 1,
            Kind::Bullet => record.entries.bullets += 1,
            Kind::Title => record.entries.titles += 1,
        }
        record.words += document.words;
    }
    record.attribution = Attribution::ALL.map(|how| documents.iter().filter(|d| d.attribution == Some(how)).count());
}
