//! What commands answer, before it has a format.

use std::path::PathBuf;

use super::numbers::{counted, grouped};
use crate::engine::Catalog;
use crate::ingest::{Difference, Report};
use crate::insight::{CountRequest, CountResponse, Sampled};
use crate::query::{SearchRequest, SearchResponse, Unit};

/// What a command answers.
pub enum Answer {
    /// What an index run did.
    Index(IndexAnswer),
    /// What matches a request.
    Query(Box<QueryAnswer>),
    /// How many units there are of what.
    Count(Box<CountAnswer>),
    /// A digest or a unit.
    Show(ShowAnswer),
    /// What is indexed.
    Status(Box<StatusAnswer>),
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

/// How many units there are of what.
pub struct CountAnswer {
    /// What was asked.
    pub request: CountRequest,
    /// How many there are.
    pub response: CountResponse,
}

impl CountAnswer {
    /// What is not among the rows.
    pub fn left_out(&self) -> Option<String> {
        let left_out = &self.response.left_out;
        let values = left_out.values.iter().map(|(by, n)| format!("{} of {}", counted(*n, "value"), by.as_str()));
        let values = values.collect::<Vec<_>>().join(" and ");
        (!values.is_empty()).then(|| format!("{values} left out, with {}", counted(left_out.units, "unit")))
    }

    /// What must be known to read the counts rightly.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = Vec::new();
        if self.request.share {
            let kinds = &self.request.selection.filters.kinds;
            let of = match &kinds[..] {
                [] => "units".to_owned(),
                kinds => kinds.iter().map(|kind| format!("{kind}s")).collect::<Vec<_>>().join(" and "),
            };
            caveats.push(format!(
                "shares are of the different {of} that the digests took in there: a sample, from which no volume can be told"
            ));
            if self.response.sampled.as_ref().is_some_and(Sampled::is_mixed) {
                caveats
                    .push("units of several kinds are not samples of the same: shares are of one kind only".to_owned());
            }
        }
        if let Some((sampled, lang)) = self.response.sampled.as_ref().and_then(|s| Some((s, s.only_lang()?))) {
            let others: usize =
                sampled.langs.iter().filter(|(code, _)| code.as_deref() != Some(lang)).map(|l| l.1.1).sum();
            caveats.push(format!(
                "the words were found in one language only, {lang}; {} of the {} sampled are in others, which can't be \
                 compared by them",
                grouped(others),
                grouped(sampled.units)
            ));
        }
        if self.request.by.iter().any(|by| by.is_time()) {
            let day = if self.request.share { "their digest" } else { "publication" };
            caveats.push(format!("days are those of {day}; where there was no digest, there is no count"));
        }
        caveats
    }
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

/// A digest, or one unit of it.
pub struct Shown {
    /// All units of the digest, in file order.
    pub units: Vec<Unit>,
    /// Which of them was asked for; none for the digest as a whole.
    pub unit: Option<usize>,
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
