//! The commit: the catalog and the list of the corpus's files.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use super::catalog::{Catalog, EntryCounts};
use crate::corpus::Stat;
use crate::digest::{Facts, LooseLinks, Warning};
use crate::model::{Attribution, DigestId};

/// The contents of an index.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commit<'a> {
    /// The catalog.
    pub catalog: Catalog,
    /// All Markdown files of the corpora, sorted by path; borrowed from the last commit if nothing has changed.
    pub files: Cow<'a, [FileRecord]>,
}

/// A Markdown file of the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRecord {
    /// The path below the corpus folder; with several corpora it begins with the id of one.
    pub path: String,
    /// Size, times and inode when it was read.
    pub stat: Stat,
    /// The hash of its bytes; `None` if it could not be read.
    pub hash: Option<u64>,
    /// The state.
    pub state: State,
    /// Facts that the file gives about its folder, if it is a dated file of the general layout.
    pub facts: Option<Arc<FileFacts>>,
}

/// The facts of a file, and the decisions by which it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// The facts.
    pub facts: Facts,
    /// The fingerprint of the decisions.
    pub reading: u64,
}

/// The state of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// An indexed digest.
    Digest(DigestRecord),
    /// Other Markdown.
    NotADigest,
    /// A draft, skipped.
    Draft,
    /// An unusable digest.
    Unusable(Warning),
    /// An unreadable file.
    Unreadable(String),
    /// A duplicate of the digest of a topic and day.
    Duplicate {
        /// The digest.
        digest: DigestId,
        /// The file that is indexed instead.
        of: String,
        /// Whether it is a draft.
        draft: bool,
    },
}

/// The summary of an indexed digest.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestRecord {
    /// The head, which most digests of a topic share in memory.
    pub head: Arc<Head>,
    /// The day.
    pub date: NaiveDate,
    /// Distinguishes several digests of a topic and day, as in [`DigestId`].
    pub variant: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Numbers of entries.
    pub entries: EntryCounts,
    /// Number of words.
    pub words: u64,
    /// Numbers of titles by attribution, in the order of [`Attribution::ALL`].
    pub attribution: [usize; Attribution::ALL.len()],
    /// The parser's warnings.
    pub warnings: Vec<Warning>,
    /// The links that are part of no title.
    pub loose_links: LooseLinks,
    /// The number of paragraphs that are not indexed, since they recur in many files.
    pub repeated: usize,
}

/// A digest's corpus, topic and perspectives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// The corpus's id; empty in an index of one.
    pub corpus: String,
    /// The topic's id.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// Ids and names of the perspectives.
    pub perspectives: Vec<(String, String)>,
}

impl DigestRecord {
    /// Returns the digest's id.
    pub fn id(&self) -> DigestId {
        let Head { corpus, topic, .. } = &*self.head;
        DigestId { corpus: corpus.clone(), topic: topic.clone(), date: self.date, variant: self.variant.clone() }
    }

    /// Returns the parts of the id, borrowed.
    pub fn key(&self) -> (&str, &str, NaiveDate, &str) {
        (&self.head.corpus, &self.head.topic, self.date, &self.variant)
    }
}

impl FileRecord {
    /// Returns the record of an indexed digest.
    pub fn digest(&self) -> Option<&DigestRecord> {
        match &self.state {
            State::Digest(record) => Some(record),
            _ => None,
        }
    }
}
