//! A corpus of generated texts and its index.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use digest_search::backend::Shards;
use digest_search::digest::documents;
use digest_search::digest::{Conventions, Outcome, parse};
use digest_search::ingest::{self, Options};
use digest_search::model::{CustomFields, Document};
use digest_search::planning::Reader;

/// Settings with custom fields. Sources with several spellings have no attributes.
pub const SETTINGS: &str = "fields: { tags: tags, feed: Source }\nsources:\n  Outlet 1: { country: jp, lean: [left, far left] }\n  \
                        Outlet 2: { aliases: [Other], country: us }\n";

pub struct Corpus {
    dir: tempfile::TempDir,
    /// Folder or address of the index.
    index: PathBuf,
    shards: Shards,
}

impl Corpus {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { index: dir.path().join("index"), dir, shards: Shards::default() }
    }

    /// Returns a corpus whose index is at an address.
    pub fn at(address: &str, shards: usize) -> Self {
        let shards = Shards { shards: NonZeroUsize::new(shards), replicas: None };
        Self { dir: tempfile::tempdir().unwrap(), index: address.into(), shards }
    }

    pub fn index(&self, texts: &[String]) {
        let named = |(i, text): (usize, &String)| (format!("{i:02}.md"), text.clone());
        self.index_files(&texts.iter().enumerate().map(named).collect::<Vec<_>>());
    }

    /// Indexes files with these paths and texts.
    pub fn index_files(&self, files: &[(String, String)]) {
        self.index_folders(&[("corpus", files)]);
    }

    /// Indexes folders of these names.
    pub fn index_folders(&self, folders: &[(&str, &[(String, String)])]) {
        let folder = |(name, files): &(&str, &[(String, String)])| {
            let folder = self.dir.path().join(name);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("digest-search.yaml"), SETTINGS).unwrap();
            for (path, text) in *files {
                fs::write(folder.join(path), text).unwrap();
            }
            folder.into()
        };
        let options = Options {
            corpora: folders.iter().map(folder).collect(),
            index: self.index.clone(),
            rebuild: false,
            dry_run: false,
            strict: false,
            drafts: false,
            allow_shrink: true,
            shards: self.shards,
            started: 0,
            today: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
        };
        ingest::run(&options, &()).unwrap();
    }

    /// Indexes other texts, then some of both, then the texts.
    pub fn edit(&self, texts: &[String], before: &[String]) {
        self.index(before);
        self.index(&texts[..texts.len() / 2]);
        self.index(&[&texts[texts.len() / 2..], before].concat());
        self.index(texts);
    }

    pub fn reader(&self) -> Reader {
        digest_search::index::open(&self.index).unwrap()
    }
}

/// The custom fields of the settings.
pub fn custom_fields() -> CustomFields {
    Conventions::from_yaml(SETTINGS).unwrap().fields()
}

pub fn entries(texts: &[String]) -> Vec<Document> {
    let conventions = Conventions::from_yaml(SETTINGS).unwrap();
    let mut entries = Vec::new();
    let mut seen = BTreeSet::new();
    for text in texts {
        if let Outcome::Digest(digest) = parse(text, &conventions).outcome
            && !digest.draft
            && seen.insert((digest.topic.clone(), digest.date))
        {
            entries.extend(documents(*digest, &conventions));
        }
    }
    entries
}
