//! One file of the corpus: path → what becomes of it, and its documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::Error;
use crate::corpus::{self, ReadError, Stat};
use crate::digest::{self, Attribution, Conventions, Digest, Outcome, Parsed, Warning};
use crate::engine::{Catalog, DigestEntry, FileEntry, Head, State, UnitCounts};
use crate::schema::{Document, Kind, documents};

/// A corpus and all that decides how its files are read.
pub struct Source {
    /// The folder as it was given.
    pub root: PathBuf,
    /// The same without links and dots: what an index remembers.
    pub corpus: String,
    pub conventions: Conventions,
    pub fingerprint: String,
    pub drafts: bool,
}

/// Reads what the corpus says about itself.
fn conventions(root: &Path) -> Result<Conventions, Error> {
    let path = root.join(corpus::CONVENTIONS_FILE);
    let yaml =
        corpus::read_conventions(root).map_err(|source| Error::ReadConventions { path: path.clone(), source })?;
    Conventions::from_yaml(&yaml.unwrap_or_default()).map_err(|source| Error::Conventions { path, source })
}

/// Stands for all that decides how a file is indexed.
fn fingerprint(conventions: &Conventions) -> String {
    // The text of a derived Debug is as good as any other for telling two apart; comments don't matter in it.
    let said = format!("{:?}", (&conventions.sources, &conventions.topics));
    format!("{}-{:016x}", crate::schema::VERSION, xxh3_64(said.as_bytes()))
}

impl Source {
    /// The corpus in a folder.
    pub fn new(root: &Path, drafts: bool) -> Result<Self, Error> {
        let conventions = conventions(root)?;
        let canonical = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        Ok(Self {
            root: root.to_path_buf(),
            corpus: canonical.to_string_lossy().into_owned(),
            fingerprint: fingerprint(&conventions),
            conventions,
            drafts,
        })
    }

    /// The head of a catalog: all of it that does not depend on what is in the files.
    pub fn catalog(&self, started: i64) -> Catalog {
        Catalog {
            version: crate::schema::VERSION,
            fingerprint: self.fingerprint.clone(),
            corpus: self.corpus.clone(),
            started,
            ..Catalog::default()
        }
    }

    /// Whether what became of a file last time still holds if the file has not changed.
    pub fn settles(&self, old: &FileEntry) -> bool {
        match &old.state {
            State::Digest(digest) => self.drafts || !digest.draft,
            State::Draft => !self.drafts,
            State::Duplicate { draft, .. } => self.drafts || !draft,
            State::NotADigest | State::Unusable(_) | State::Unreadable(_) => true,
        }
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> (FileEntry, Vec<Document>) {
        let text = match corpus::read(&self.root.join(path)) {
            Ok(text) => text,
            Err(error) => {
                let state = unreadable(&error);
                return (FileEntry { path: path.to_owned(), stat: Stat::default(), hash: None, state }, Vec::new());
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
            Outcome::Digest(digest) => {
                let mut entry = entry(&digest, warnings);
                let documents = documents(*digest, &self.conventions);
                count(&documents, &mut entry);
                (State::Digest(entry), documents)
            }
        };
        (FileEntry { path: path.to_owned(), stat: text.stat, hash: Some(text.hash), state }, documents)
    }
}

/// What becomes of a file that can't be read: only a system's error may pass.
pub fn unreadable(error: &ReadError) -> State {
    match error {
        ReadError::Io(_) => State::Unreadable(error.to_string()),
        ReadError::TooLarge
        | ReadError::Wide(_)
        | ReadError::NotAFile
        | ReadError::Link
        | ReadError::NotUtf8 { .. } => State::Unusable(Warning::file(error.to_string())),
    }
}

fn entry(digest: &Digest, warnings: Vec<Warning>) -> DigestEntry {
    let mut perspectives: Vec<(String, String)> = Vec::new();
    for side in &digest.perspectives {
        if !perspectives.iter().any(|(id, _)| *id == side.id) {
            perspectives.push((side.id.clone(), side.name.clone()));
        }
    }
    DigestEntry {
        head: Arc::new(Head { topic: digest.topic.clone(), name: digest.topic_name.clone(), perspectives }),
        date: digest.date,
        draft: digest.draft,
        units: UnitCounts::default(),
        words: 0,
        attribution: Default::default(),
        warnings,
    }
}

fn count(documents: &[Document], entry: &mut DigestEntry) {
    for document in documents {
        match document.kind {
            Kind::Highlight => entry.units.highlights += 1,
            Kind::Bullet => entry.units.bullets += 1,
            Kind::Title => entry.units.titles += 1,
        }
        entry.words += document.words;
    }
    entry.attribution = Attribution::ALL.map(|how| documents.iter().filter(|d| d.attribution == Some(how)).count());
}
