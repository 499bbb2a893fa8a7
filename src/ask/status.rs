//! Status of an index: its contents, and the changes of the corpus since.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::NaiveDate;

use crate::backend::{Commit, Error};
use crate::index;
use crate::ingest;
use crate::model::missing_days;
use crate::planning::Reader;
use crate::render::StatusAnswer;

/// Returns the status of an index.
pub fn status(place: &Path, reader: &Reader) -> Result<StatusAnswer, Error> {
    let commit = reader.commit()?;
    let difference = ingest::difference(&commit).map_err(|error| error.to_string());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let started = u64::try_from(commit.catalog.started).unwrap_or_default() / 1_000_000_000;
    Ok(StatusAnswer {
        index: place.to_path_buf(),
        missing: missing(&commit),
        health: index::at(place).health()?,
        catalog: commit.catalog,
        difference,
        age: i64::try_from(now.saturating_sub(started)).unwrap_or_default(),
    })
}

/// Returns the missing days between the first and the last digest of each topic. Digests with a future date are ignored.
fn missing(commit: &Commit) -> Vec<(String, Vec<NaiveDate>)> {
    let of_topic = |id: &str| {
        let days = commit.files.iter().filter_map(|f| f.digest()).filter(|d| d.head.topic == id).map(|d| d.date);
        let days = days.filter(|day| commit.catalog.as_of.is_some_and(|as_of| *day <= as_of));
        days.collect::<BTreeSet<_>>()
    };
    let gaps = |days: BTreeSet<NaiveDate>| days.last().map_or_else(Vec::new, |last| missing_days(&days, *last));
    commit.catalog.topics.keys().map(|id| (id.clone(), gaps(of_topic(id)))).collect()
}
