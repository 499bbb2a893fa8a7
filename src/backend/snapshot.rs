//! The read side of the seam: a snapshot, which does not change while a query is answered.

use std::collections::BTreeSet;

use super::{Catalog, Commit, Counts, Error, Filter, Lookup, Sources, Terms, Tree};
use crate::model::{DigestId, Field};
use crate::query::{Collapse, Dimension, Entry, Reason, Sample, SeenHashes, Sort, Stems};

/// A commit opened for reading.
pub trait Snapshot: Send + Sync {
    /// Returns the catalog.
    fn catalog(&self) -> &Catalog;

    /// Returns a number that identifies the commit.
    fn fingerprint(&self) -> u64;

    /// Reports whether this is the newest commit; false if that is unknown.
    fn is_newest(&self) -> bool;

    /// Reads the commit's list of files.
    fn commit(&self) -> Result<Commit<'static>, Error>;

    /// Returns the spellings of sources.
    fn sources(&self) -> Result<&Sources, Error>;

    /// Answers a batch of dictionary lookups, in order.
    fn look_up(&self, questions: &[Lookup<'_>]) -> Result<Vec<Terms>, Error>;

    /// Returns the values of a field as displayed, for suggestions. Some may be of removed entries only.
    fn names(&self, field: Field) -> BTreeSet<String>;

    /// Reports whether any entry passes all filters.
    fn has_any(&self, filters: &[Filter]) -> Result<bool, Error>;

    /// Searches for hits, and calls `each` with them in order.
    ///
    /// # Errors
    /// Errors of the backend, and the first error of the callback.
    fn search(&self, search: &Search<'_>, each: &mut Each<'_, UnmarkedHit>) -> Result<SearchResult, Error>;

    /// Counts the matching entries that pass filters, by combination of values.
    fn tally(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Counts, Error>;

    /// Returns the matching entries that pass filters, with their values, in the order of digests.
    fn sample(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Sample, Error>;

    /// Returns the stems of entries by their numbers in a sample, in the given order.
    fn stems(&self, entries: &[u64]) -> Result<Stems, Error>;

    /// Calls `each` with entries by their numbers in a sample.
    fn entries(&self, entries: &[u64], each: &mut Each<'_, Entry>) -> Result<(), Error>;

    /// Calls `each` with the entries of a digest in file order, and their copy keys.
    fn digest(&self, id: &DigestId, each: &mut Each<'_, (Entry, u64)>) -> Result<(), Error>;

    /// Returns the content hashes of all entries, as [`SeenHashes`] takes them, unordered.
    fn contents(&self) -> Result<Vec<u64>, Error>;
}

/// A callback for entries one by one, so that not all need be in memory.
pub type Each<'a, T> = dyn FnMut(T) -> Result<(), Error> + 'a;

/// Conditions on entries, besides filters.
#[derive(Debug, Default)]
pub struct Predicate {
    /// All of these must match.
    pub trees: Vec<Tree>,
    /// The copy key of the entry of a similarity search, whose copies are excluded.
    pub exclude_copies_of: Option<u64>,
    /// Content hashes of entries to exclude.
    pub known: Option<SeenHashes>,
}

/// A search for hits.
#[derive(Debug)]
pub struct Search<'a> {
    /// The conditions on entries.
    pub chosen: &'a Predicate,
    /// The filters on entries.
    pub filters: &'a [Filter],
    /// Whether hits have scores.
    pub is_scored: bool,
    /// The sort order.
    pub sort: Sort,
    /// The treatment of copies of an article.
    pub collapse: Collapse,
    /// Number of hits to skip.
    pub offset: usize,
    /// Maximum number of hits; `None` for all.
    pub limit: Option<usize>,
    /// Whether to explain scores.
    pub explain: bool,
    /// The tables to count.
    pub tables: &'a [Table],
}

/// A table of counts of the matching entries.
#[derive(Debug)]
pub struct Table {
    /// The filters.
    pub filters: TableFilters,
    /// The field.
    pub by: Dimension,
}

/// The filters of a table.
#[derive(Debug)]
pub enum TableFilters {
    /// All filters of the search.
    All,
    /// No filters.
    None,
    /// Other filters.
    Others(Vec<Filter>),
}

/// The result of a search, besides the hits.
#[derive(Debug, Clone, Default)]
pub struct SearchResult {
    /// Number of hits, copies collapsed.
    pub total: usize,
    /// Number of entries.
    pub total_entries: usize,
    /// The counts of each table, in order.
    pub counts: Vec<Counts>,
}

/// A hit without highlights.
#[derive(Debug, Clone, PartialEq)]
pub struct UnmarkedHit {
    /// The entry.
    pub entry: Entry,
    /// The number of the entry, the same as in samples of the commit.
    pub number: u64,
    /// The score in thousandths.
    pub score: u32,
    /// Number of its copies among the matching entries.
    pub copies: usize,
    /// The ids of the copies, best first, if requested.
    pub copy_ids: Vec<String>,
    /// The parts of the score, if requested.
    pub reasons: Vec<Reason>,
}
