//! `--since-last`: what was indexed after the last run with a name.

use std::path::Path;

use digest_search::ask;
use digest_search::planning::Reader;
use digest_search::query::SeenHashes;

use super::failure::Failure;
use super::ledger::{Last, Ledger};

/// What was known when a run began, and what is indexed now.
pub struct SinceLast {
    ledger: Ledger,
    name: String,
    indexed: Vec<u64>,
}

impl SinceLast {
    pub fn open(folder: &Path, name: &str, reader: &Reader) -> Result<Self, Failure> {
        let ledger = {
            let catalog = reader.catalog();
            Ledger::open(folder, name, &catalog.corpus, catalog.version)?
        };
        Ok(Self { ledger, name: name.to_owned(), indexed: ask::contents(reader)? })
    }

    /// What is not new. Where nothing is known of a last run, nothing is new: all that there is would be no news.
    pub fn known(&self) -> SeenHashes {
        match self.ledger.last() {
            Last::SeenHashes(known) => SeenHashes::new(known.clone()),
            Last::OtherAnalysis | Last::Missing | Last::Damaged => SeenHashes::new(self.indexed.clone()),
        }
    }

    /// What there is to say where nothing is known of a last run.
    pub fn warning(&self) -> Option<String> {
        let what = match self.ledger.last() {
            Last::SeenHashes(_) => return None,
            Last::OtherAnalysis => {
                let name = &self.name;
                format!("another version of digest-search remembered `{name}`, so that every entry counts as seen")
            }
            Last::Missing => format!("nothing is known of an earlier run with the name `{}`", self.name),
            Last::Damaged => format!("what was remembered with the name `{}` is damaged", self.name),
        };
        Some(format!("{what}: nothing is shown now; the next run shows what is indexed from now on"))
    }

    /// From now on, all that is indexed is known.
    pub fn done(self) -> Result<(), Failure> {
        Ok(self.ledger.remember(self.indexed)?)
    }
}
