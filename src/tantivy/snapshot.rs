//! One commit of an index, opened for reading.

use std::fs::File;
use std::path::PathBuf;
use std::sync::OnceLock;

use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::analytics::sources;
use super::fields::{self, day};
use super::matching::{Number, ScoredDocs, Scoring, Segment, Segments, TermPostings, evaluate_all};
use super::memory::keep_for_lists;
use super::ranking::copies::Copies;
use super::storage::directory::CommitDirectory;
use super::storage::folder::PinnedGeneration;
use super::storage::generation::refuse_links;
use super::storage::layout::commit_file;
use super::stored::Stored;
use super::{errors, manifest};
use crate::backend::{Catalog, Error, Filter, Predicate, Sources, Tree};
use crate::model::{DigestId, EntryId, Field, Kind, Section};
use crate::query::{CustomTexts, Dimension, Entry, Named};

/// Number of decompressed blocks of the document store that Tantivy caches.
const STORE_CACHE_BLOCKS: usize = 100;

/// A commit of an index, opened for reading.
pub struct OpenCommit {
    pub(super) catalog: Catalog,
    pub(super) segments: Segments,
    pub(super) directory: CommitDirectory,
    pub(super) generation: PinnedGeneration,
    /// The commit file and its path; kept open, since the next commit removes it.
    pub(super) file: (File, PathBuf),
    searcher: Searcher,
    copies: OnceLock<Copies>,
    sources: OnceLock<Sources>,
    /// The number of the commit.
    number: u64,
}

impl OpenCommit {
    /// Opens the current commit of a generation.
    pub fn open(generation: PinnedGeneration) -> Result<Self, Error> {
        let io = |e| errors::tantivy(&generation.path)(e);
        refuse_links(&generation.path)?;
        let directory = CommitDirectory::open(&generation.path).map_err(io)?;
        let index = tantivy::Index::open(directory.clone()).map_err(io)?;
        let number = directory.payload().and_then(|n| n.parse().ok());
        let Some(number) = number else {
            let message = "the commit has no commit file".to_owned();
            return Err(Error::Damaged { path: generation.path.clone(), message });
        };
        let path = commit_file(&generation.path, number);
        let (catalog, file) = manifest::open(&path)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(STORE_CACHE_BLOCKS);
        let searcher = reader.try_into().map_err(io)?.searcher();
        // Tantivy takes some missing files for absent parts of a segment. If the commit is still the newest, no file was removed
        // while it was opened.
        if !directory.is_newest().map_err(io)? {
            return Err(Error::Damaged { path, message: "replaced while being opened".to_owned() });
        }
        let segments = Segments::new(searcher.segment_readers(), &generation.path);
        keep_for_lists();
        let (copies, sources, file) = (OnceLock::new(), OnceLock::new(), (file, path));
        Ok(Self { catalog, segments, directory, generation, file, searcher, copies, sources, number })
    }

    /// Returns the spellings of sources.
    pub(super) fn sources(&self) -> Result<&Sources, Error> {
        if let Some(sources) = self.sources.get() {
            return Ok(sources);
        }
        let sources = match sources::read(&self.directory, self.number) {
            Some(sources) => sources,
            None => sources::count(&self.segments).map_err(self.segments.error())?,
        };
        Ok(self.sources.get_or_init(|| sources))
    }

    /// Returns the spellings of sources if the fields include that of sources.
    pub(super) fn sources_of<'a>(
        &self,
        by: impl IntoIterator<Item = &'a Dimension>,
    ) -> Result<Option<&Sources>, Error> {
        let is_source = |by: &Dimension| *by == Dimension::Facet(Field::Source);
        by.into_iter().any(is_source).then(|| self.sources()).transpose()
    }

    /// Returns the copies, if their file exists, which is written shortly after the commit.
    pub(super) fn copies(&self) -> Option<&Copies> {
        if let Some(copies) = self.copies.get() {
            return Some(copies);
        }
        let copies = Copies::open(&self.directory, &self.segments)?;
        Some(self.copies.get_or_init(|| copies))
    }

    /// Returns the matching entries that pass filters, by segment.
    pub(super) fn lists(
        &self,
        chosen: &Predicate,
        filters: &[Filter],
        scoring: Scoring,
    ) -> Result<Vec<ScoredDocs>, Error> {
        self.each_list(chosen, filters, scoring, |list, _| Ok(list))
    }

    /// Maps the matching entries that pass filters, by segment.
    pub(super) fn each_list<T: Send>(
        &self,
        chosen: &Predicate,
        filters: &[Filter],
        scoring: Scoring,
        make: impl Fn(ScoredDocs, &Segment) -> tantivy::Result<T> + Sync,
    ) -> Result<Vec<T>, Error> {
        let passes: Vec<Tree> = filters.iter().cloned().map(Tree::Filter).collect();
        let trees = || chosen.trees.iter().chain(&passes);
        let most = trees().map(Tree::frequency).min().unwrap_or(usize::MAX);
        self.segments.each(most, |segment| {
            let mut list = evaluate_all(trees(), segment, None, scoring)?;
            segment.keep_alive(&mut list);
            remove_excluded(chosen, &mut list, segment)?;
            make(list, segment)
        })
    }

    /// Returns the entries of lists that pass filters, by segment.
    pub(super) fn intersect(&self, lists: &[ScoredDocs], filters: &[Filter]) -> Result<Vec<ScoredDocs>, Error> {
        let passes: Vec<Tree> = filters.iter().cloned().map(Tree::Filter).collect();
        let entries = lists.iter().map(|list| list.docs.len()).sum();
        self.segments.each(entries, |segment| {
            evaluate_all(passes.iter(), segment, Some(&lists[segment.ordinal].docs), Scoring::Never)
        })
    }

    /// Returns the addresses of a digest's entries in file order: a digest is added to one segment in that order, and merges
    /// keep it.
    pub(super) fn addresses(&self, id: &DigestId) -> Result<Vec<DocAddress>, Error> {
        let found = TermPostings::open(&self.segments, fields::field("digest"), &[id.to_string()].into());
        let found = found.map_err(self.segments.error())?;
        let mut addresses = Vec::new();
        for (ordinal, segment) in (0..).zip(self.segments.iter()) {
            let docs = found.docs(segment).map_err(self.segments.error())?;
            addresses.extend(docs.into_iter().map(|doc| DocAddress::new(ordinal, doc)));
        }
        Ok(addresses)
    }

    /// Returns the entry at an address.
    pub(super) fn entry(&self, address: DocAddress) -> Result<Entry, Error> {
        let stored = self.stored(address)?;
        let EntryId { digest, section: part, .. } = self.id_of(&stored)?;
        let DigestId { corpus, topic, date: digest_date, .. } = digest;
        let named = |id: String| Named { name: self.catalog.perspective_name(&topic, &id).to_owned(), id };
        // A missing value is stored as an empty one.
        let custom = |(number, value)| Some((self.catalog.fields.iter().nth(number)?, value));
        let [perspective, source, lang, section] = [stored.perspective, stored.source, stored.lang, stored.section]
            .map(|name| name.filter(|name| !name.is_empty()));
        Ok(Entry {
            kind: match part {
                Section::Highlights => Kind::Highlight,
                Section::Bullets(_) => Kind::Bullet,
                Section::Titles => Kind::Title,
            },
            perspective: perspective.map(named),
            attribution: stored.attribution,
            source: source.map(|source| Ok::<_, Error>(self.sources()?.shown(&source).to_owned())).transpose()?,
            lang,
            locale: stored.locale,
            date: day(self.number(Number::Date, address)?),
            digest_date,
            text: stored.text.ok_or_else(|| self.damaged("text"))?,
            url: stored.url,
            description: stored.description,
            section,
            corpus: Some(corpus).filter(|corpus| !corpus.is_empty()),
            fields: CustomTexts {
                of: self.catalog.fields,
                values: stored.custom.into_iter().filter_map(custom).collect(),
            },
            id: stored.id.unwrap_or_default(),
            topic: Named { name: self.catalog.name(Field::Topic, &topic).to_owned(), id: topic },
        })
    }

    /// Returns the id of the entry at an address.
    pub(super) fn id(&self, address: DocAddress) -> Result<EntryId, Error> {
        self.id_of(&self.stored(address)?)
    }

    /// Returns a number of the entry at an address.
    pub(super) fn number(&self, which: Number, address: DocAddress) -> Result<u64, Error> {
        let segment = &self.segments[address.segment_ord as usize];
        Ok(segment.numbers(which).map_err(self.segments.error())?.get_val(address.doc_id))
    }

    fn stored(&self, address: DocAddress) -> Result<Stored, Error> {
        self.searcher.doc(address).map_err(self.segments.error())
    }

    fn id_of(&self, stored: &Stored) -> Result<EntryId, Error> {
        let id: EntryId = stored.id.as_deref().and_then(|id| id.parse().ok()).ok_or_else(|| self.damaged("id"))?;
        Ok(if self.catalog.has_corpora() { EntryId { digest: id.digest.with_corpus(), ..id } } else { id })
    }

    fn damaged(&self, field: &str) -> Error {
        Error::Damaged { path: self.generation.path.clone(), message: format!("an entry has no stored {field}") }
    }
}

/// Removes copies of the entry of a similarity search, and entries with excluded contents.
fn remove_excluded(chosen: &Predicate, list: &mut ScoredDocs, segment: &Segment) -> tantivy::Result<()> {
    if let Some(copy) = chosen.exclude_copies_of {
        let copies = segment.numbers(Number::Copy)?;
        list.retain(|doc| copies.get_val(doc) != copy);
    }
    if let Some(known) = &chosen.known {
        let contents = segment.numbers(Number::Content)?;
        list.retain(|doc| !known.has(contents.get_val(doc)));
    }
    Ok(())
}
