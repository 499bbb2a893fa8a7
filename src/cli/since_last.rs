//! `--since-last`: the entries indexed since the last run with a name.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use digest_search::ask;
use digest_search::backend::Catalog;
use digest_search::planning::Reader;
use digest_search::query::SeenHashes;

use super::failure::Failure;
use super::ledger::{Last, Ledger};

/// The record of the last run, and the entries that are indexed now.
pub struct SinceLast {
    ledger: Ledger,
    name: String,
    indexed: Vec<u64>,
}

impl SinceLast {
    pub fn open(folder: &Path, name: &str, reader: &Reader) -> Result<Self, Failure> {
        let ledger = {
            let catalog = reader.catalog();
            Ledger::open(folder, name, &corpora(catalog), catalog.version)?
        };
        Ok(Self { ledger, name: name.to_owned(), indexed: ask::contents(reader)? })
    }

    /// Returns the hashes of entries that are not new. Without a record of the last run, no entry is new.
    pub fn known(&self) -> SeenHashes {
        match self.ledger.last() {
            Last::SeenHashes(known) => SeenHashes::new(known.clone()),
            Last::OtherAnalysis | Last::Missing | Last::Damaged => SeenHashes::new(self.indexed.clone()),
        }
    }

    /// Returns the warning for a missing or unusable record.
    pub fn warning(&self) -> Option<String> {
        let reason = match self.ledger.last() {
            Last::SeenHashes(_) => return None,
            Last::OtherAnalysis => {
                let name = &self.name;
                format!("`{name}` was recorded by another version of digest-search, so every entry counts as seen")
            }
            Last::Missing => format!("this is the first run named `{}`", self.name),
            Last::Damaged => format!("the record of `{}` is damaged", self.name),
        };
        Some(format!("{reason}: this run shows nothing; the next one shows entries indexed from now on"))
    }

    /// Records all indexed entries as seen.
    pub fn done(self) -> Result<(), Failure> {
        Ok(self.ledger.remember(self.indexed)?)
    }
}

/// Returns the folders of an index as one path.
fn corpora(catalog: &Catalog) -> PathBuf {
    let paths = catalog.several_corpora().iter().map(|corpus| corpus.path.as_os_str());
    match catalog.has_corpora() {
        true => paths.collect::<Vec<_>>().join(OsStr::new(" and ")).into(),
        false => catalog.corpus.clone(),
    }
}
