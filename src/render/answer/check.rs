//! What is wrong with an index and with the folder of digests.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::lint::Finding;

/// What is wrong with an index and with the folder of digests.
#[derive(Default)]
pub struct CheckAnswer {
    /// The index that was looked at, if one was.
    pub index: Option<CheckedIndex>,
    /// The folder that was looked at, if one was.
    pub folder: Option<CheckedFolder>,
    /// What was found: of the index, then of the folder's files, then of its topics.
    pub findings: Vec<Finding>,
    /// What was not looked at, and why.
    pub warnings: Vec<String>,
}

/// An index whose files were held against what was written.
pub struct CheckedIndex {
    /// Where it is.
    pub path: PathBuf,
    /// How many files were read.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
}

/// A folder that was looked through.
pub struct CheckedFolder {
    /// Where it is.
    pub path: PathBuf,
    /// How many Markdown files it has.
    pub files: usize,
    /// How many of them are digests, drafts left out.
    pub digests: usize,
}

impl CheckAnswer {
    /// How many findings there are of each sort.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.code.as_str()).or_default() += 1;
        }
        counts
    }
}
