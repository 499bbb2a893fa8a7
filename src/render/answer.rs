//! What commands answer, before it has a format.

mod check;
mod compare;
mod count;
mod difference;
mod report;
mod sampled;
mod stories;
pub mod story;
mod trend;

use std::path::{Path, PathBuf};

use crate::backend::Catalog;
use crate::ingest::{Difference, Report};
use crate::query::{Entry, SearchRequest, SearchResponse};

pub use check::{CheckAnswer, CheckedFolder, CheckedIndex};
pub use compare::CompareAnswer;
pub use count::CountAnswer;
pub use report::{Asserted, ReportAnswer, ReportContent, ReportHead, ReportSection, ReportTopic};
pub use stories::StoriesAnswer;
pub use trend::TrendAnswer;

/// What a command answers.
pub enum Answer {
    /// What an index run did.
    Index(IndexAnswer),
    /// What matches a request.
    Query(Box<QueryAnswer>),
    /// How many entries there are of what.
    Count(Box<CountAnswer>),
    /// How perspectives differ.
    Compare(Box<CompareAnswer>),
    /// How it went over time.
    Trend(Box<TrendAnswer>),
    /// Which stories there are, or which of them a perspective has nothing of.
    Stories(Box<StoriesAnswer>),
    /// A digest or an entry.
    Show(ShowAnswer),
    /// What is indexed.
    Status(Box<StatusAnswer>),
    /// What is wrong with the index and the folder.
    Check(CheckAnswer),
}

impl Answer {
    /// What must be known to read it rightly.
    pub fn caveats(&self) -> Vec<String> {
        match self {
            Self::Count(answer) => answer.caveats(),
            Self::Compare(answer) => answer.caveats(),
            Self::Trend(answer) => answer.caveats(),
            Self::Stories(answer) => answer.caveats(),
            Self::Query(answer) => answer.warnings.clone(),
            Self::Check(answer) => answer.warnings.clone(),
            Self::Index(_) | Self::Show(_) | Self::Status(_) => Vec::new(),
        }
    }
}

/// What an index run did.
pub struct IndexAnswer {
    /// What it did.
    pub report: Report,
    /// Where the index is.
    pub index: PathBuf,
    /// Whether it only said what it would do.
    pub dry_run: bool,
}

/// What matches a request.
pub struct QueryAnswer {
    /// What was asked.
    pub request: SearchRequest,
    /// What was found.
    pub response: SearchResponse,
    /// What else there is to know.
    pub warnings: Vec<String>,
}

/// What there is of the ids asked for.
pub struct ShowAnswer {
    /// The ids asked for.
    pub ids: Vec<String>,
    /// Those that there are.
    pub shown: Vec<Shown>,
    /// What is to be said of the others.
    pub missing: Vec<String>,
}

/// A digest, or one entry of it.
pub struct Shown {
    /// All entries of the digest, in file order.
    pub entries: Vec<Entry>,
    /// Which of them was asked for; none for the digest as a whole.
    pub entry: Option<usize>,
}

/// What is indexed, and how far the folder has gone on since.
pub struct StatusAnswer {
    /// Where the index is.
    pub index: PathBuf,
    /// The summary.
    pub catalog: Catalog,
    /// Days between the first and the last digest of a topic that have none, by topic id.
    pub missing: Vec<(String, Vec<chrono::NaiveDate>)>,
    /// How the folder differs from what is indexed, or why that is not known.
    pub difference: Result<Difference, String>,
    /// How long ago the last change was indexed, in seconds.
    pub age: i64,
}

impl StatusAnswer {
    /// The same for others than those whose machine it is: of folders only their names, not where they are.
    pub fn without_folders(mut self) -> Self {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_owned();
        self.index = name(&self.index).into();
        self.catalog.corpus = name(&self.catalog.corpus).into();
        self.difference = self.difference.map_err(|_| "the folder can't be read".to_owned());
        self
    }
}
