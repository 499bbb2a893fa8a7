//! The list of what is indexed, file by file.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use super::catalog::{Catalog, EntryCounts};
use crate::corpus::Stat;
use crate::digest::Warning;
use crate::model::{Attribution, DigestId};

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Commit<'a> {
    /// The summary.
    pub catalog: Catalog,
    /// All Markdown files of the corpus, sorted by path; those of the last commit where nothing has changed.
    pub files: Cow<'a, [FileRecord]>,
}

/// A Markdown file of the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRecord {
    /// Its path below the corpus's folder.
    pub path: String,
    /// Its size and time when it was read.
    pub stat: Stat,
    /// The hash of its bytes; none where it could not be read.
    pub hash: Option<u64>,
    /// What became of it.
    pub state: State,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It is indexed.
    Digest(DigestRecord),
    /// Some other Markdown.
    NotADigest,
    /// A draft, and drafts were not asked for.
    Draft,
    /// It can't be used.
    Unusable(Warning),
    /// It can't be read now.
    Unreadable(String),
    /// Another file is the digest of that topic and day.
    Duplicate {
        /// The topic.
        topic: String,
        /// The day.
        date: NaiveDate,
        /// The file that is indexed instead.
        of: String,
        /// Whether it is a draft.
        draft: bool,
    },
}

/// What is needed to know of an indexed digest without reading it again.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestRecord {
    /// What most digests of its topic share, and share in memory, too.
    pub head: Arc<Head>,
    /// The day.
    pub date: NaiveDate,
    /// Whether it is a draft.
    pub draft: bool,
    /// Its entries.
    pub entries: EntryCounts,
    /// How many words they have.
    pub words: u64,
    /// How many titles' perspectives are known, by how they are, in the order of [`Attribution::ALL`].
    pub attribution: [usize; Attribution::ALL.len()],
    /// What was odd in it.
    pub warnings: Vec<Warning>,
}

/// A digest's topic and perspectives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// The topic's id.
    pub topic: String,
    /// The topic's name.
    pub name: String,
    /// Ids and names of the perspectives.
    pub perspectives: Vec<(String, String)>,
}

impl DigestRecord {
    /// The digest's id.
    pub fn id(&self) -> DigestId {
        DigestId { topic: self.head.topic.clone(), date: self.date }
    }

    /// The same, borrowed: topic and day.
    pub fn key(&self) -> (&str, NaiveDate) {
        (&self.head.topic, self.date)
    }
}

impl FileRecord {
    /// What is known of it if it is an indexed digest.
    pub fn digest(&self) -> Option<&DigestRecord> {
        match &self.state {
            State::Digest(record) => Some(record),
            _ => None,
        }
    }
}
