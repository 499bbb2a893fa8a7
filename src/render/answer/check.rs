//! Findings about an index and a corpus.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::lint::Finding;

/// Findings about an index and a corpus.
#[derive(Default)]
pub struct CheckAnswer {
    /// The checked index, if any.
    pub index: Option<CheckedIndex>,
    /// The checked corpora.
    pub folders: Vec<CheckedFolder>,
    /// The findings about the index, then about files of the corpus, then about its topics.
    pub findings: Vec<Finding>,
    /// The parts that were not checked, with the reason.
    pub warnings: Vec<String>,
}

/// An index whose checksums were verified, or whose documents were counted.
pub struct CheckedIndex {
    /// The folder or address.
    pub path: PathBuf,
    /// The number of files.
    pub files: usize,
    /// The number of documents, of an index in a cluster.
    pub documents: Option<u64>,
    /// The size of all files, in bytes.
    pub bytes: u64,
}

/// A corpus that was checked.
pub struct CheckedFolder {
    /// The folder.
    pub path: PathBuf,
    /// The number of Markdown files.
    pub files: usize,
    /// The number of digests among them, without drafts.
    pub digests: usize,
}

impl CheckAnswer {
    /// Returns the number of findings by code.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.code.as_str()).or_default() += 1;
        }
        counts
    }
}
