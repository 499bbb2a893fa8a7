//! Reads one file of the corpus: path → record and documents.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::error::Error;
use super::mount::Mount;
use super::surveyed::Surveyed;
use crate::backend::{DigestRecord, EntryCounts, FileRecord, Head, State};
use crate::corpus::{self, Listing, ReadError, Stat};
use crate::digest::{self, Conventions, Digest, Layout, LooseLinks, Note, Outcome, Parsed, Warning};
use crate::digest::{documents, overlong};
use crate::model::Attribution;
use crate::model::{Document, Kind};
use crate::text::bounded;

/// Reason why a file is not used that changed during a run.
pub const CHANGED: &str = "changed while it was read; run `digest-search index` again";

/// A corpus with its conventions and options.
pub struct Source {
    /// The corpus, and the place of its files among those of all corpora.
    pub mount: Mount,
    pub conventions: Conventions,
    /// File name of the conventions.
    pub conventions_file: &'static str,
    /// Conventions that apply to the files and digests read, by index.
    used: Mutex<BTreeSet<usize>>,
    pub fingerprint: String,
    pub drafts: bool,
}

/// Reads the conventions of the corpus.
fn conventions(root: &Path) -> Result<(&'static str, Conventions), Error> {
    let unreadable = |(name, source): (&str, ReadError)| Error::ReadConventions { path: root.join(name), source };
    let (name, yaml) = corpus::read_conventions(root).map_err(unreadable)?;
    let conventions = Conventions::from_yaml(&yaml);
    Ok((name, conventions.map_err(|source| Error::Conventions { path: root.join(name), source })?))
}

/// Returns a hash of the parser's version and the conventions. Indexed files are valid while it is the same.
fn fingerprint(conventions: &Conventions) -> String {
    format!("{}-{:016x}", crate::digest::VERSION, xxh3_64(conventions.fingerprint().as_bytes()))
}

impl Source {
    /// Opens the corpus of a folder.
    pub fn new(mount: &Mount, drafts: bool) -> Result<Self, Error> {
        let (conventions_file, conventions) = conventions(&mount.root)?;
        Ok(Self {
            mount: mount.clone(),
            fingerprint: fingerprint(&conventions),
            conventions,
            conventions_file,
            used: Mutex::default(),
            drafts,
        })
    }

    /// Removes the files that the settings skip.
    pub fn skip_files(&self, listing: &mut Listing) {
        let prefix = &self.mount.prefix;
        let mut globs = self.conventions.keep(&mut listing.files, prefix);
        globs.extend(self.conventions.keep(&mut listing.skipped, prefix));
        globs.extend(self.conventions.keep(&mut listing.unreadable, prefix));
        self.used.lock().unwrap_or_else(PoisonError::into_inner).extend(globs);
    }

    /// Returns notes on the conventions, including those without effect. Complete once all digests are read.
    pub fn convention_notes(&self) -> Vec<Note> {
        let unused = self.conventions.unused(&self.used.lock().unwrap_or_else(PoisonError::into_inner));
        self.conventions.notes().iter().cloned().chain(unused).collect()
    }

    fn note_used(&self, digest: &Digest) {
        let used = || self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.conventions.unused(&used()).is_empty() {
            used().extend(self.conventions.used(digest));
        }
    }

    /// Reports whether the record of an unchanged file is still valid with the current options.
    pub fn is_reusable(&self, old: &FileRecord) -> bool {
        match &old.state {
            State::Digest(digest) => self.drafts || !digest.draft,
            State::Draft => !self.drafts,
            State::Duplicate { draft, .. } => self.drafts || !draft,
            State::NotADigest | State::Unusable(_) | State::Unreadable(_) => true,
        }
    }

    /// Reads a file by its path below the corpus, and returns its record and documents. `surveyed` is what is known of a file that is not in the site's
    /// own layout.
    pub fn read(&self, path: &str, surveyed: Option<&Surveyed>) -> (FileRecord, Vec<Document>) {
        let text = match corpus::read(&self.mount.root.join(path)) {
            Ok(text) => text,
            Err(error) => {
                let state = unreadable(&error);
                return (without_content(path, state), Vec::new());
            }
        };
        // The decisions about a file apply to the text that was surveyed.
        let layout = Layout::of(&text.text);
        if layout == Layout::General && surveyed.is_none_or(|surveyed| surveyed.hash != text.hash) {
            return (without_content(path, State::Unreadable(CHANGED.to_owned())), Vec::new());
        }
        let decided = surveyed.and_then(|surveyed| surveyed.decided.as_ref());
        let (facts, reading) = decided.map(|(facts, reading)| (Arc::clone(facts), reading)).unzip();
        let Parsed { outcome, warnings, .. } = digest::read(&text.text, layout, path, reading, &self.conventions);
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
                self.mount.id().clone_into(&mut digest.corpus);
                self.note_used(&digest);
                warnings.extend(overlong(&digest));
                let mut record = record(&digest, warnings);
                let documents = documents(*digest, &self.conventions);
                count(&documents, &mut record);
                (State::Digest(record), documents)
            }
        };
        (FileRecord { path: path.to_owned(), stat: text.stat, hash: Some(text.hash), state, facts }, documents)
    }
}

/// Returns the record of a file whose content is not used; the next run reads it again.
pub fn without_content(path: &str, state: State) -> FileRecord {
    FileRecord { path: path.to_owned(), stat: Stat::default(), hash: None, state, facts: None }
}

/// Returns the state of an unreadable file. Errors of the system may be temporary, others are not.
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
        head: Arc::new(Head {
            corpus: digest.corpus.clone(),
            topic: digest.topic.clone(),
            name: digest.topic_name.clone(),
            perspectives,
        }),
        date: digest.date,
        variant: digest.variant.clone(),
        draft: digest.draft,
        entries: EntryCounts::default(),
        words: 0,
        attribution: Default::default(),
        warnings,
        loose_links: LooseLinks::of(&digest.loose_links),
        repeated: digest.repeated,
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
