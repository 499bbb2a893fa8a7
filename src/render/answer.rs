//! Answers of commands, independent of a format.

mod check;
mod compare;
mod count;
mod difference;
mod note;
mod report;
mod sampled;
mod stories;
pub mod story;
mod term;
mod trend;

use std::path::{Path, PathBuf};

use crate::backend::{Catalog, Health};
use crate::diagnostic::Message;
use crate::ingest::{Difference, Report};
use crate::lint::{Explained, Overview};
use crate::model::CustomFields;
use crate::query::{Entry, SearchRequest, SearchResponse};

pub use check::{CheckAnswer, CheckedFolder, CheckedIndex};
pub use compare::CompareAnswer;
pub use count::CountAnswer;
pub use note::{Note, Scope};
pub use report::{CheckedAssertion, ReportAnswer, ReportContent, ReportHead, ReportSection, ReportTopic};
pub use stories::StoriesAnswer;
pub use term::{depends, odds_ratio, rates};
pub use trend::TrendAnswer;

/// An answer of a command.
pub enum Answer {
    /// The report of an index run.
    Index(IndexAnswer),
    /// The hits of a query.
    Query(Box<QueryAnswer>),
    /// Counts of entries.
    Count(Box<CountAnswer>),
    /// A comparison of groups.
    Compare(Box<CompareAnswer>),
    /// A trend over time.
    Trend(Box<TrendAnswer>),
    /// Stories, or gaps: stories without a title of a perspective.
    Stories(Box<StoriesAnswer>),
    /// Digests or entries.
    Show(ShowAnswer),
    /// The content and state of an index.
    Status(Box<StatusAnswer>),
    /// Findings about an index and a corpus.
    Check(CheckAnswer),
    /// Use of each line of a file.
    Explain(Box<Explained>),
    /// Places of the parts of digests in a folder.
    Init(InitAnswer),
}

impl Answer {
    /// Returns all notes on it.
    pub fn notes(&self) -> Vec<Note> {
        match self {
            Self::Count(answer) => answer.notes(),
            Self::Compare(answer) => answer.notes(),
            Self::Trend(answer) => answer.notes(),
            Self::Stories(answer) => answer.notes(),
            Self::Query(answer) => answer.notes.clone(),
            Self::Check(answer) => answer.warnings.iter().map(Note::answer).collect(),
            Self::Index(_) | Self::Show(_) | Self::Status(_) | Self::Explain(_) | Self::Init(_) => Vec::new(),
        }
    }

    /// Returns the note that people see with it.
    pub fn note(&self) -> Option<Message> {
        let is_empty = match self {
            // No gap is an answer, too.
            Self::Stories(answer) => answer.response.total_entries == 0,
            _ => self.found() == Some(0),
        };
        Note::to_show(self.notes(), is_empty)
    }

    /// Returns the notes on all answers of its kind.
    pub fn standing_notes(&self) -> impl Iterator<Item = Message> {
        self.notes().into_iter().filter(|note| note.scope == Scope::Standing).map(|note| note.text)
    }

    /// Returns the number of matches, where it answers a search.
    pub fn found(&self) -> Option<usize> {
        match self {
            Self::Query(answer) => Some(answer.response.total),
            Self::Count(answer) => Some(answer.response.total_entries),
            Self::Compare(answer) => Some(answer.response.total_entries),
            Self::Trend(answer) => Some(answer.response.total_entries),
            Self::Stories(answer) => Some(answer.response.total),
            Self::Show(answer) => Some(answer.shown.len()),
            Self::Index(_) | Self::Status(_) | Self::Check(_) | Self::Explain(_) | Self::Init(_) => None,
        }
    }
}

/// Places of the parts of digests in a folder.
pub struct InitAnswer {
    /// The folder.
    pub folder: PathBuf,
    /// What was found.
    pub overview: Overview,
    /// The file with the settings, if it was written.
    pub written: Option<PathBuf>,
}

/// The report of an index run.
pub struct IndexAnswer {
    /// The report.
    pub report: Report,
    /// The folder of the index.
    pub index: PathBuf,
    /// True if nothing was written.
    pub dry_run: bool,
}

/// The hits of a query.
pub struct QueryAnswer {
    /// The request.
    pub request: SearchRequest,
    /// The response.
    pub response: SearchResponse,
    /// The notes on it.
    pub notes: Vec<Note>,
    /// The custom fields of the index.
    pub fields: CustomFields,
}

/// The digests and entries of ids.
pub struct ShowAnswer {
    /// The requested ids.
    pub ids: Vec<String>,
    /// The digests and entries found.
    pub shown: Vec<Shown>,
    /// A message for each id that was not found.
    pub missing: Vec<String>,
    /// The custom fields of the index.
    pub fields: CustomFields,
}

/// A digest, or an entry of it.
pub struct Shown {
    /// All entries of the digest, in file order.
    pub entries: Vec<Entry>,
    /// The requested entry; none for the whole digest.
    pub entry: Option<usize>,
}

/// The content of an index, and whether the corpus has changed since.
pub struct StatusAnswer {
    /// The folder of the index.
    pub index: PathBuf,
    /// The catalog.
    pub catalog: Catalog,
    /// The missing days between the first and the last digest of a topic, by topic id.
    pub missing: Vec<(String, Vec<chrono::NaiveDate>)>,
    /// The changes of the corpus since it was indexed, or why they are unknown.
    pub difference: Result<Difference, String>,
    /// The state of the cluster that has the index, if it is in one.
    pub health: Option<Health>,
    /// The age of the last commit, in seconds.
    pub age: i64,
}

impl StatusAnswer {
    /// Reduces paths to their last component, for clients on other machines.
    pub fn without_folders(mut self) -> Self {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_owned();
        self.index = name(&self.index).into();
        self.catalog.corpus = name(&self.catalog.corpus).into();
        self.catalog.corpora.iter_mut().for_each(|corpus| corpus.path = name(&corpus.path).into());
        self.difference = self.difference.map_err(|_| "cannot read the corpus".to_owned());
        self
    }
}
