//! One generation of an index, opened for reading.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::known::Known;
use crate::backend::{Catalog, Error, Sources};
use crate::opensearch::cluster::{Cluster, Found};
use crate::opensearch::document::{Shown, id};
use crate::opensearch::failure::{Failure, incomplete};
use crate::opensearch::head::Head;
use crate::opensearch::layout::{self, Indices};
use crate::opensearch::visible;

/// Number of times that a question is asked whose answer does not count all entries.
const ATTEMPTS: u32 = 4;

/// Number of entries that are read by id at a time.
const BATCH: usize = 1_000;

/// Time for which no document is deleted of a commit that was the newest; far less than that for which they are kept.
const KEPT: Duration = Duration::from_secs(60);

/// Time for which the newest commit is taken to be so.
const RECENT: Duration = Duration::from_secs(1);

/// The catalog of a generation as a document.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredCatalog {
    /// The catalog as JSON.
    pub catalog: String,
    /// The spellings of sources.
    pub sources: String,
}

/// One generation of an index.
pub struct ClusterSnapshot {
    pub(super) cluster: Arc<Cluster>,
    pub(super) head: Head,
    pub(super) indices: Indices,
    /// The filter of the visible documents.
    pub(super) visible: Value,
    /// The search that counts them.
    tally: Value,
    pub(super) catalog: Catalog,
    pub(super) sources: Sources,
    /// Look-ups that were answered.
    pub(super) known: Known,
    /// When this was last known to be the newest commit.
    newest: Mutex<Instant>,
}

impl ClusterSnapshot {
    /// Opens the last commit of an index.
    ///
    /// # Errors
    /// There is none, or it is of another version of the program.
    pub fn open(cluster: Arc<Cluster>) -> Result<Self, Error> {
        let place = cluster.address.shown.clone();
        let head = read_head(&cluster)?.ok_or_else(|| Error::Missing { path: place.clone() })?;
        let stored = read_catalog(&cluster, &head)?;
        let damaged = |message: &str| Error::Damaged { path: place.clone(), message: message.to_owned() };
        let catalog = parse_catalog(&stored.catalog, &cluster)?;
        let sources = Sources::parse(&stored.sources).ok_or_else(|| damaged("the names of sources cannot be read"))?;
        let visible = visible::Visible::of(&head);
        Ok(Self {
            indices: head.indices(cluster.name()),
            visible: visible.filter(),
            tally: visible.tally(),
            cluster,
            head,
            catalog,
            sources,
            known: Known::default(),
            newest: Mutex::new(Instant::now()),
        })
    }

    /// Reports whether this is the newest commit, as far as was known a second ago.
    pub(super) fn is_recent(&self) -> bool {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.elapsed() < RECENT {
            return true;
        }
        let head = read_head(&self.cluster).ok().flatten();
        let is_newest = head.is_some_and(|head| head.generation == self.head.generation);
        if is_newest {
            *newest = Instant::now();
        }
        is_newest
    }

    /// Checks, after an answer, that no document of this generation may have been deleted before.
    ///
    /// # Errors
    /// They may have been.
    fn check_kept(&self) -> Result<(), Error> {
        if self.newest.lock().unwrap_or_else(PoisonError::into_inner).elapsed() < KEPT {
            return Ok(());
        }
        match read_head(&self.cluster)? {
            Some(head) if head.swept_through < self.head.generation => Ok(()),
            _ => {
                Err(self.fail()(incomplete("the commit was replaced more than 15 minutes ago").with_hint("ask again")))
            }
        }
    }

    pub(super) fn fail(&self) -> impl Fn(Failure) -> Error + '_ {
        |failure| failure.at(&self.cluster.address.shown)
    }

    pub(super) fn damaged(&self, message: &str) -> Error {
        Error::Damaged { path: self.cluster.address.shown.clone(), message: message.to_owned() }
    }

    /// Searches the index of entries.
    ///
    /// # Errors
    /// The answer is not complete, or not all entries of the generation are visible.
    pub(super) fn search_entries(&self, search: &Value) -> Result<Found, Error> {
        let found = self.search_all_entries(std::slice::from_ref(search))?.pop();
        found.ok_or_else(|| self.damaged("an answer is missing"))
    }

    /// Searches the index of entries with a query whose parts have names. Their scores come only with a request of one
    /// search, so that the check is one before, which answers other searches, too.
    pub(super) fn search_named(&self, search: &Value, others: &[Value]) -> Result<(Found, Vec<Found>), Error> {
        let others = self.search_all_entries(others)?;
        let found = self.cluster.search(&self.indices.entries, search).map_err(self.fail())?;
        self.check_kept().map(|()| (found, others))
    }

    /// Answers several searches of the index of entries, together with the check that all entries of the generation are
    /// visible.
    pub(super) fn search_all_entries(&self, searches: &[Value]) -> Result<Vec<Found>, Error> {
        let all: Vec<_> =
            [&self.tally].into_iter().chain(searches).map(|search| (&*self.indices.entries, search.clone())).collect();
        for attempt in 1..=ATTEMPTS {
            let mut found = self.cluster.search_all(&all).map_err(self.fail())?;
            let check = found.remove(0);
            if visible::tally(check.total(), &check.aggregations) == Some(self.head.entries) {
                return self.check_kept().map(|()| found);
            }
            // A copy of a shard may be a moment behind.
            thread::sleep(Duration::from_millis(50 * u64::from(attempt)));
        }
        Err(self.fail()(incomplete("it does not have all entries of the last commit")))
    }

    /// Returns what is shown of entries, by number.
    pub(super) fn shown(&self, numbers: &[u64]) -> Result<Vec<Shown>, Error> {
        #[derive(Deserialize)]
        struct Source {
            shown: Shown,
        }
        let ids: Vec<String> = numbers.iter().map(|number| id(*number)).collect();
        let sources: Vec<Source> = self.cluster.sources(&self.indices.entries, &ids).map_err(self.fail())?;
        Ok(sources.into_iter().map(|source| source.shown).collect())
    }

    /// Calls `each` with what is shown of entries, by number.
    pub(super) fn each_shown(
        &self,
        numbers: &[u64],
        each: &mut dyn FnMut(Shown) -> Result<(), Error>,
    ) -> Result<(), Error> {
        numbers.chunks(BATCH).try_for_each(|numbers| self.shown(numbers)?.into_iter().try_for_each(&mut *each))
    }
}

/// Reads the head; `None` if there is no commit.
///
/// # Errors
/// The index is not one of this program, or of another version.
pub fn read_head(cluster: &Cluster) -> Result<Option<Head>, Error> {
    let place = &cluster.address.shown;
    let fail = |failure: Failure| failure.at(place);
    match cluster.get::<Value>(layout::HEAD).map_err(fail)? {
        Some((head, _)) if head["format"] != layout::FORMAT => Err(Error::OtherVersion { path: place.clone() }),
        Some((head, _)) => {
            let damaged = |error: serde_json::Error| Error::Damaged { path: place.clone(), message: error.to_string() };
            let head: Head = serde_json::from_value(head).map_err(damaged)?;
            Ok(Some(head).filter(|head| head.generation > 0))
        }
        None => exists(cluster).map(|_| None),
    }
}

/// Reports whether the index of the head exists.
///
/// # Errors
/// It is of another program.
pub fn exists(cluster: &Cluster) -> Result<bool, Error> {
    let place = &cluster.address.shown;
    match cluster.mapping().map_err(|failure| failure.at(place))? {
        Some(mapping) if mapping["_meta"].get(layout::MARK).is_none() => {
            Err(Error::NotAnIndex { path: place.clone(), found: "no mark of this program".to_owned() })
        }
        mapping => Ok(mapping.is_some()),
    }
}

/// Reads the catalog of a head.
pub fn read_catalog(cluster: &Cluster, head: &Head) -> Result<StoredCatalog, Error> {
    let place = &cluster.address.shown;
    let stored = cluster.get(&Head::catalog_id(head.generation)).map_err(|failure| failure.at(place))?;
    let missing = || Error::Damaged { path: place.clone(), message: "the catalog is missing".to_owned() };
    stored.map(|(stored, _)| stored).ok_or_else(missing)
}

/// Parses a catalog, which must be of this version of the program.
fn parse_catalog(text: &str, cluster: &Cluster) -> Result<Catalog, Error> {
    let place = &cluster.address.shown;
    let damaged = |error: serde_json::Error| Error::Damaged { path: place.clone(), message: error.to_string() };
    let version: Value = serde_json::from_str(text).map_err(damaged)?;
    if version["version"] != crate::digest::VERSION {
        return Err(Error::OtherVersion { path: place.clone() });
    }
    serde_json::from_str(text).map_err(damaged)
}
