//! The reading perspective: a snapshot stands still while a question is answered.

use std::collections::BTreeSet;

use super::{Catalog, Commit, Counts, Error, Filter, LookUp, Sources, Terms, Tree};
use crate::model::{DigestId, Field};
use crate::query::{Collapse, Dimension, Entry, Reason, Sample, SeenHashes, Sort, Stems};

/// One state of an index.
pub trait Snapshot: Send + Sync {
    /// Returns the summary of what is indexed.
    fn catalog(&self) -> &Catalog;

    /// Returns a number that every other state has another of.
    fn fingerprint(&self) -> u64;

    /// Returns whether the index has no newer state. False where that cannot be told.
    fn is_newest(&self) -> bool;

    /// Reads the list of what is indexed, file by file.
    fn commit(&self) -> Result<Commit<'static>, Error>;

    /// Returns which spellings of a source are shown as another.
    fn sources(&self) -> Result<&Sources, Error>;

    /// Answers questions to the dictionary, in their order, all at once.
    fn look_up(&self, questions: &[LookUp<'_>]) -> Result<Vec<Terms>, Error>;

    /// Returns the values of a field as they are shown. Some may be those of removed entries only; it serves suggestions.
    fn names(&self, field: Field) -> BTreeSet<String>;

    /// Returns whether any entry passes all filters.
    fn has_any(&self, filters: &[Filter]) -> Result<bool, Error>;

    /// Finds the hits asked for, and calls with each in order.
    ///
    /// # Errors
    /// As those of the backend, and the first that the call returns.
    fn search(&self, search: &Search<'_>, each: &mut Each<'_, FoundHit>) -> Result<Found, Error>;

    /// Counts chosen entries that pass filters, by each combination of values.
    fn tally(&self, chosen: &Chosen, filters: &[Filter], by: &[Dimension]) -> Result<Counts, Error>;

    /// Returns chosen entries that pass filters, with their values, in the order of digests.
    fn sample(&self, chosen: &Chosen, filters: &[Filter], by: &[Dimension]) -> Result<Sample, Error>;

    /// Returns the stems of entries, given by their numbers in a sample, in the order given.
    fn stems(&self, entries: &[u64]) -> Result<Stems, Error>;

    /// Calls with each of some entries, given by their numbers in a sample.
    fn entries(&self, entries: &[u64], each: &mut Each<'_, Entry>) -> Result<(), Error>;

    /// Calls with each entry of a digest in file order, and with what its copies have in common.
    fn digest(&self, id: &DigestId, each: &mut Each<'_, (Entry, u64)>) -> Result<(), Error>;

    /// Returns what all entries say, as [`Known`] takes it, in no order.
    fn contents(&self) -> Result<Vec<u64>, Error>;
}

/// What is called with entries one by one, so that not all of them need be in memory.
pub type Each<'a, T> = dyn FnMut(T) -> Result<(), Error> + 'a;

/// Which entries are chosen, but for filters.
#[derive(Debug, Default)]
pub struct Chosen {
    /// All of these match.
    pub trees: Vec<Tree>,
    /// Entries with this number are copies of one that others should be like, and left out.
    pub but_copies_of: Option<u64>,
    /// Entries that say nothing else are left out.
    pub known: Option<SeenHashes>,
}

/// A search for hits.
#[derive(Debug)]
pub struct Search<'a> {
    /// Which entries.
    pub chosen: &'a Chosen,
    /// What they must pass.
    pub filters: &'a [Filter],
    /// Whether hits have scores.
    pub is_scored: bool,
    /// Which hits come first.
    pub sort: Sort,
    /// What becomes of copies of an article.
    pub collapse: Collapse,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give; all without it.
    pub limit: Option<usize>,
    /// Whether to give the parts of each score.
    pub explain: bool,
    /// What to count.
    pub tables: &'a [Table],
}

/// A table of counts of the chosen entries.
#[derive(Debug)]
pub struct Table {
    /// What these must pass.
    pub under: Under,
    /// What they are counted by.
    pub by: Dimension,
}

/// The filters of a table.
#[derive(Debug)]
pub enum Under {
    /// Those of the search.
    All,
    /// No filters.
    None,
    /// Others.
    Others(Vec<Filter>),
}

/// What a search found, besides the hits.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The number of hits, copies folded.
    pub total: usize,
    /// The number of entries.
    pub total_entries: usize,
    /// The counts of each table, in order.
    pub counts: Vec<Counts>,
}

/// A hit without marks.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundHit {
    /// The entry.
    pub entry: Entry,
    /// Its score in thousandths.
    pub score: u32,
    /// The number of its copies among what is found.
    pub copies: usize,
    /// Their ids, best first, where these are listed.
    pub copy_ids: Vec<String>,
    /// The parts of the score, where these are asked for.
    pub reasons: Vec<Reason>,
}
