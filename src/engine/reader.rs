//! Reads: answers requests from one commit of an index.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{ReloadPolicy, Searcher, TantivyDocument};

use super::collect::Matches;
use super::compile::compile;
use super::directory::Snapshot;
use super::folder::{Folder, Held};
use super::rank::{Candidate, rank};
use super::statistics::LiveStatistics;
use super::{Catalog, Commit, Error, Remains, fields, names};
use crate::digest::DigestId;
use crate::query::{Facet, FacetField, FacetValue, Hit, SearchRequest, SearchResponse, Unit, marks};
use crate::schema::Language;

/// Tantivy keeps so many decompressed blocks of stored texts.
const STORE_CACHE_BLOCKS: usize = 16;

/// A commit may be replaced while its files are being opened; so often that is tried anew, a little later each time.
const ATTEMPTS: u32 = 20;

/// One commit of an index.
pub struct Reader {
    catalog: Catalog,
    searcher: Searcher,
    /// The commit file and its path: held open, since the next commit removes it.
    commit: (File, PathBuf),
    held: Held,
}

impl Reader {
    /// Opens the newest commit.
    pub fn open(index: &Path) -> Result<Self, Error> {
        let folder = Folder::new(index);
        for attempt in 1.. {
            let held = folder.hold_current()?;
            match Self::open_commit(held) {
                // Most often a file that a newer commit has removed.
                Err(Error::Tantivy { .. } | Error::Io { .. } | Error::Damaged { .. }) if attempt < ATTEMPTS => {
                    thread::sleep(Duration::from_millis(attempt.into()))
                }
                opened => return opened,
            }
        }
        unreachable!("the last attempt returns")
    }

    fn open_commit(held: Held) -> Result<Self, Error> {
        let io = |e| Error::tantivy(&held.path)(e);
        let snapshot = Snapshot::open(&held.path).map_err(io)?;
        let index = tantivy::Index::open(snapshot.clone()).map_err(io)?;
        let payload = index.load_metas().map_err(io)?.payload;
        let number = payload.as_deref().and_then(|n| n.parse().ok());
        let Some(number) = number else {
            return Err(Error::Damaged {
                path: held.path.clone(),
                message: "the commit names no commit file".to_owned(),
            });
        };
        let path = commit_file(&held.path, number);
        let (catalog, file) = Catalog::open(&path)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(STORE_CACHE_BLOCKS);
        let searcher = reader.try_into().map_err(io)?.searcher();
        // Tantivy takes some missing files for parts that a segment has not. If the commit is still the newest, none
        // can have been removed while they were opened.
        if !snapshot.is_newest().map_err(io)? {
            return Err(Error::Damaged { path, message: "the commit was replaced while it was opened".to_owned() });
        }
        Ok(Self { catalog, searcher, commit: (file, path), held })
    }

    /// The summary of what is indexed.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// All that is known of what is indexed, file by file.
    pub fn commit(&self) -> Result<Commit, Error> {
        Commit::read(&self.commit.0, &self.commit.1)
    }

    /// What an index says of itself that can't be opened: of its newest commit file, if there is one to be read.
    pub fn remains(index: &Path) -> Option<Remains> {
        let generation = index.join(Folder::new(index).current().ok()??);
        let files = std::fs::read_dir(&generation).ok()?.flatten();
        let newest = files.filter_map(|file| commit_number(&file.path())).max()?;
        Remains::read(&commit_file(&generation, newest))
    }

    /// Answers a request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let filters = names::resolve(&request.filters, &self.searcher, &self.catalog, &self.held.path)?;
        let topics: Vec<&str> = self.catalog.topics.keys().map(String::as_str).collect();
        let matches = Matches {
            days: &request.filters.days,
            facets: &request.facets,
            topics: &topics,
            scoring: request.text.is_some(),
        };
        let statistics = LiveStatistics { searcher: &self.searcher, words: self.catalog.words };
        let found = self.searcher.search_with_statistics_provider(
            &*compile(request.text.as_ref(), filters),
            &matches,
            &statistics,
        );
        let found = found.map_err(Error::tantivy(&self.held.path))?;
        let total_units = found.candidates.len();
        let (ranked, total) = rank(found.candidates, request.sort, request.all_copies, request.offset, request.limit);
        let mut hits = Vec::with_capacity(ranked.len());
        for ranked in ranked {
            let unit = self.unit(&ranked.best)?;
            let language = Language::of(unit.lang.as_deref());
            let marks = request.text.as_ref().map_or_else(Vec::new, |text| marks(&unit.text, text, language));
            let copies = ranked.copies.iter().map(|c| self.unit(c).map(|unit| unit.id)).collect::<Result<_, _>>()?;
            hits.push(Hit { unit, score: request.text.is_some().then(|| ranked.best.score()), copies, marks });
        }
        let facets = request.facets.iter().zip(found.facets);
        let facets = facets.map(|(field, counts)| self.facet(*field, counts.into_iter().collect())).collect();
        Ok(SearchResponse { total, total_units, hits, facets })
    }

    /// The units of a digest in file order; none where it is not indexed.
    pub fn digest(&self, id: &DigestId) -> Result<Vec<Unit>, Error> {
        let query = TermQuery::new(fields::digest_term(id), IndexRecordOption::Basic);
        let tantivy = |e| Error::tantivy(&self.held.path)(e);
        let mut addresses: Vec<_> =
            self.searcher.search(&query, &DocSetCollector).map_err(tantivy)?.into_iter().collect();
        // A digest's units are put into one segment in file order, and merging keeps that order.
        addresses.sort_unstable();
        let mut units = Vec::with_capacity(addresses.len());
        for address in addresses {
            let columns = self.searcher.segment_reader(address.segment_ord).fast_fields();
            let date = columns.u64("date").map_err(tantivy)?.first(address.doc_id).unwrap_or_default();
            units.push(self.stored(address, fields::day(date), id.date)?);
        }
        Ok(units)
    }

    fn unit(&self, candidate: &Candidate) -> Result<Unit, Error> {
        let day = |number: u32| fields::day(number.into());
        self.stored(candidate.address, day(candidate.date), day(candidate.digest_date))
    }

    fn stored(
        &self,
        address: tantivy::DocAddress,
        date: chrono::NaiveDate,
        digest_date: chrono::NaiveDate,
    ) -> Result<Unit, Error> {
        let stored: TantivyDocument = self.searcher.doc(address).map_err(Error::tantivy(&self.held.path))?;
        let damaged = || Error::Damaged {
            path: self.held.path.clone(),
            message: "a unit is stored without its id, kind or text".to_owned(),
        };
        fields::to_unit(&stored, date, digest_date, &self.catalog).ok_or_else(damaged)
    }

    fn facet(&self, field: FacetField, counts: Vec<(Option<String>, usize)>) -> Facet {
        let name = |value: &String| match field {
            FacetField::Topic => self.catalog.topics.get(value).map_or(value, |t| &t.name).clone(),
            FacetField::Perspective => self.perspective_name(value).to_owned(),
            FacetField::Source | FacetField::Kind | FacetField::Lang => value.clone(),
        };
        let mut values: Vec<FacetValue> = counts
            .into_iter()
            .map(|(value, count)| FacetValue { name: value.as_ref().map(name), value, count })
            .collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Facet { field, values }
    }

    /// The name of a perspective whatever the topic: that of the first topic that has it.
    fn perspective_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.catalog.topics.values().find_map(|topic| topic.perspectives.get(id)).map_or(id, |side| &side.name)
    }
}

/// The number in a commit file's name.
pub(super) fn commit_number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_prefix("commit-")?.strip_suffix(".jsonl")?.parse().ok()
}

/// The commit file of a number in a generation.
pub(super) fn commit_file(generation: &Path, number: u64) -> PathBuf {
    generation.join(format!("commit-{number}.jsonl"))
}
