//! One commit of an index, opened for reading.

use std::fs::File;
use std::path::PathBuf;
use std::sync::OnceLock;

use tantivy::{DocAddress, ReloadPolicy, Searcher};

use super::analytics::sources;
use super::fields::{self, day};
use super::matching::{Number, ScoredDocs, Scoring, Segment, Segments, TermPostings, list_all};
use super::memory::keep_for_lists;
use super::ranking::copies::Copies;
use super::storage::directory::CommitDirectory;
use super::storage::folder::Held;
use super::storage::generation::refuse_links;
use super::storage::layout::commit_file;
use super::stored::Stored;
use super::{errors, manifest};
use crate::backend::{Catalog, Chosen, Error, Filter, Sources, Tree};
use crate::model::{DigestId, EntryId, Field, Kind, Section};
use crate::query::{Dimension, Entry, Named};

/// Tantivy keeps so many decompressed blocks of stored texts.
const STORE_CACHE_BLOCKS: usize = 100;

/// One commit of an index.
pub struct OpenCommit {
    pub(super) catalog: Catalog,
    pub(super) segments: Segments,
    pub(super) directory: CommitDirectory,
    pub(super) held: Held,
    /// The commit file and its path: held open, since the next commit removes it.
    pub(super) file: (File, PathBuf),
    searcher: Searcher,
    copies: OnceLock<Copies>,
    sources: OnceLock<Sources>,
    /// The number of the commit.
    number: u64,
}

impl OpenCommit {
    /// Opens the commit that a generation has now.
    pub fn open(held: Held) -> Result<Self, Error> {
        let io = |e| errors::tantivy(&held.path)(e);
        refuse_links(&held.path)?;
        let directory = CommitDirectory::open(&held.path).map_err(io)?;
        let index = tantivy::Index::open(directory.clone()).map_err(io)?;
        let number = directory.payload().and_then(|n| n.parse().ok());
        let Some(number) = number else {
            let message = "the commit names no commit file".to_owned();
            return Err(Error::Damaged { path: held.path.clone(), message });
        };
        let path = commit_file(&held.path, number);
        let (catalog, file) = manifest::open(&path)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(STORE_CACHE_BLOCKS);
        let searcher = reader.try_into().map_err(io)?.searcher();
        // Tantivy takes some missing files for parts that a segment has not. If the commit is still the newest, none
        // can have been removed while they were opened.
        if !directory.is_newest().map_err(io)? {
            return Err(Error::Damaged { path, message: "the commit was replaced while it was opened".to_owned() });
        }
        let segments = Segments::new(searcher.segment_readers(), &held.path);
        keep_for_lists();
        let (copies, sources, file) = (OnceLock::new(), OnceLock::new(), (file, path));
        Ok(Self { catalog, segments, directory, held, file, searcher, copies, sources, number })
    }

    /// Returns the names of sources that stand for each other.
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

    /// Returns the same, where sources are among what is counted by.
    pub(super) fn sources_of<'a>(
        &self,
        by: impl IntoIterator<Item = &'a Dimension>,
    ) -> Result<Option<&Sources>, Error> {
        let is_source = |by: &Dimension| *by == Dimension::Facet(Field::Source);
        by.into_iter().any(is_source).then(|| self.sources()).transpose()
    }

    /// Returns which entries have copies, where that is written down: a little after the commit.
    pub(super) fn copies(&self) -> Option<&Copies> {
        if let Some(copies) = self.copies.get() {
            return Some(copies);
        }
        let copies = Copies::open(&self.directory, &self.segments)?;
        Some(self.copies.get_or_init(|| copies))
    }

    /// Returns the chosen entries that pass filters, for each segment.
    pub(super) fn lists(
        &self,
        chosen: &Chosen,
        filters: &[Filter],
        scoring: Scoring,
    ) -> Result<Vec<ScoredDocs>, Error> {
        self.each_list(chosen, filters, scoring, |list, _| Ok(list))
    }

    /// Makes something of the chosen entries that pass filters, for each segment.
    pub(super) fn each_list<T: Send>(
        &self,
        chosen: &Chosen,
        filters: &[Filter],
        scoring: Scoring,
        make: impl Fn(ScoredDocs, &Segment) -> tantivy::Result<T> + Sync,
    ) -> Result<Vec<T>, Error> {
        let passes: Vec<Tree> = filters.iter().cloned().map(Tree::Filter).collect();
        let trees = || chosen.trees.iter().chain(&passes);
        let most = trees().map(Tree::frequency).min().unwrap_or(usize::MAX);
        self.segments.each(most, |segment| {
            let mut list = list_all(trees(), segment, None, scoring)?;
            segment.keep_alive(&mut list);
            leave_out(chosen, &mut list, segment)?;
            make(list, segment)
        })
    }

    /// Returns those of some entries, for each segment, that pass filters.
    pub(super) fn intersect(&self, lists: &[ScoredDocs], filters: &[Filter]) -> Result<Vec<ScoredDocs>, Error> {
        let passes: Vec<Tree> = filters.iter().cloned().map(Tree::Filter).collect();
        let entries = lists.iter().map(|list| list.docs.len()).sum();
        self.segments.each(entries, |segment| {
            list_all(passes.iter(), segment, Some(&lists[segment.ordinal].docs), Scoring::Never)
        })
    }

    /// Returns where a digest's entries are, in file order: they are put into one segment in that order, and merging keeps
    /// it.
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
        let EntryId { digest: DigestId { topic, date: digest_date }, section, .. } = self.id_of(&stored)?;
        let named = |id: String| Named { name: self.catalog.perspective_name(&topic, &id).to_owned(), id };
        // What an entry has not is empty.
        let [perspective, source, lang] =
            [stored.perspective, stored.source, stored.lang].map(|name| name.filter(|name| !name.is_empty()));
        Ok(Entry {
            kind: match section {
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
            id: stored.id.unwrap_or_default(),
            topic: Named {
                name: self.catalog.topics.get(&topic).map_or(&topic, |topic| &topic.name).clone(),
                id: topic,
            },
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
        stored.id.as_deref().and_then(|id| id.parse().ok()).ok_or_else(|| self.damaged("id"))
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Damaged { path: self.held.path.clone(), message: format!("an entry is stored without its {what}") }
    }
}

/// Takes out copies of the entry that others should be like, and what is known.
fn leave_out(chosen: &Chosen, list: &mut ScoredDocs, segment: &Segment) -> tantivy::Result<()> {
    if let Some(copy) = chosen.but_copies_of {
        let copies = segment.numbers(Number::Copy)?;
        list.retain(|doc| copies.get_val(doc) != copy);
    }
    if let Some(known) = &chosen.known {
        let contents = segment.numbers(Number::Content)?;
        list.retain(|doc| !known.has(contents.get_val(doc)));
    }
    Ok(())
}
