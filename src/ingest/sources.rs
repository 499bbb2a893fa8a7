//! The corpora of a run as one: each file is read by the rules of its own corpus.

use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64;

use super::error::Error;
use super::mount::Mount;
use super::read::{CHANGED, Source, without_content};
use super::surveyed::Surveyed;
use crate::backend::{Catalog, FileRecord, State};
use crate::corpus::Listing;
use crate::digest::Conventions;
use crate::model::{CustomFields, Document};

/// All corpora of a run, sorted by id.
pub struct Sources {
    pub all: Vec<Source>,
    /// The custom fields of all corpora.
    pub fields: CustomFields,
    /// A hash of everything that determines how files are indexed. Indexed files are valid while it is the same.
    pub fingerprint: String,
}

impl Sources {
    /// Opens corpora. Custom fields of one name are one field.
    pub fn open(mounts: &[Mount], drafts: bool) -> Result<Self, Error> {
        let all: Result<Vec<Source>, Error> = mounts.iter().map(|mount| Source::new(mount, drafts)).collect();
        let mut all = all?;
        let fingerprint = fingerprint(&all);
        let conventions: Vec<&Conventions> = all.iter().map(|source| &source.conventions).collect();
        let fields = Conventions::united_fields(&conventions).ok_or(Error::TooManyFields)?;
        all.iter_mut().for_each(|source| source.conventions.set_fields(fields));
        Ok(Self { all, fields, fingerprint })
    }

    /// Removes the files that the settings skip.
    pub fn skip_files(&self, listing: &mut Listing) {
        self.all.iter().for_each(|source| source.skip_files(listing));
    }

    /// Returns the corpus of a file, with the place among all, and the path below it.
    pub fn of<'a>(&self, path: &'a str) -> Option<(usize, &Source, &'a str)> {
        self.all.iter().enumerate().find_map(|(at, source)| Some((at, source, source.mount.below(path)?)))
    }

    /// Returns the full path of a file.
    pub fn full(&self, path: &str) -> PathBuf {
        let found = self.of(path).map(|(_, source, below)| source.mount.root.join(below));
        found.unwrap_or_else(|| path.into())
    }

    /// Reports whether the record of an unchanged file is still valid with the current options.
    pub fn is_reusable(&self, old: &FileRecord) -> bool {
        self.all.first().is_some_and(|source| source.is_reusable(old))
    }

    /// Reads a file and returns its record and documents.
    pub fn read(&self, path: &str, surveyed: Option<&Surveyed>) -> (FileRecord, Vec<Document>) {
        match self.of(path) {
            Some((_, source, below)) => {
                let (record, documents) = source.read(below, surveyed);
                (FileRecord { path: path.to_owned(), ..record }, documents)
            }
            None => (without_content(path, State::Unreadable(CHANGED.to_owned())), Vec::new()),
        }
    }

    /// Returns a catalog without totals.
    pub fn catalog(&self, started: i64) -> Catalog {
        let corpora: Vec<_> = self.all.iter().map(|source| source.mount.corpus.clone()).collect();
        Catalog {
            version: crate::digest::VERSION,
            fingerprint: self.fingerprint.clone(),
            corpus: corpora.first().map(|corpus| corpus.path.clone()).unwrap_or_default(),
            corpora,
            started,
            fields: self.fields,
            ..Catalog::default()
        }
    }
}

/// Returns the fingerprint of a single corpus with the name of its folder; a hash of those of several, with their names.
fn fingerprint(all: &[Source]) -> String {
    match all {
        [source] if !source.mount.is_named => source.fingerprint.clone(),
        _ => {
            let of = |source: &Source| format!("{:?} {:?}\n", source.mount.corpus.name, source.fingerprint);
            let text: String = all.iter().map(of).collect();
            format!("{}-{:016x}", crate::digest::VERSION, xxh3_64(text.as_bytes()))
        }
    }
}
