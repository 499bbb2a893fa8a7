//! The implementation of [`Snapshot`] by a commit.

use std::collections::BTreeSet;

use tantivy::DocAddress;

use super::analytics::{self, address, number};
use super::dictionary::look_up;
use super::manifest;
use super::matching::{Number, ScoredDocs, Scoring, TopicOrder, filter};
use super::ranking::copies::CopyKeys;
use super::ranking::distinct::distinct;
use super::ranking::top::Top;
use super::scoring::reasons;
use super::snapshot::OpenCommit;
use crate::backend::{
    Catalog, Commit, Counts, Each, Error, Filter, Lookup, Predicate, Search, SearchResult, Snapshot, Sources,
    TableFilters, Terms, UnmarkedHit,
};
use crate::model::{DigestId, Field};
use crate::query::{Collapse, Dimension, Entry, Sample, Stems};

/// Stride of the first scan for days: the entries of a digest are adjacent, most of them of its date, so every 16th
/// entry usually decides.
const STRIDE: usize = 16;

impl Snapshot for OpenCommit {
    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn fingerprint(&self) -> u64 {
        self.directory.fingerprint()
    }

    fn is_newest(&self) -> bool {
        self.generation.is_current() && self.directory.is_newest().unwrap_or_default()
    }

    fn commit(&self) -> Result<Commit<'static>, Error> {
        manifest::read(&self.file.0, &self.file.1)
    }

    fn sources(&self) -> Result<&Sources, Error> {
        Self::sources(self)
    }

    fn look_up(&self, questions: &[Lookup<'_>]) -> Result<Vec<Terms>, Error> {
        let answers = questions.iter().map(|question| look_up(question, &self.segments));
        answers.collect::<tantivy::Result<_>>().map_err(self.segments.error())
    }

    fn names(&self, field: Field) -> BTreeSet<String> {
        if let Field::Custom(field) = field {
            let lists = self.segments.iter().filter_map(|segment| segment.lists(field).ok());
            return lists.flat_map(|lists| lists.texts.iter().cloned()).collect();
        }
        let sources = if field == Field::Source { Self::sources(self).ok() } else { None };
        let shown = |name: &String| sources.map_or(&**name, |sources| sources.shown(name)).to_owned();
        let names = self.segments.iter().filter_map(|segment| segment.names(field).ok());
        names.flat_map(|names| names.values.iter().filter(|name| !name.is_empty()).map(shown)).collect()
    }

    fn has_any(&self, filters: &[Filter]) -> Result<bool, Error> {
        let (days, others): (Vec<Filter>, Vec<Filter>) =
            filters.iter().cloned().partition(|filter| matches!(filter, Filter::Days { .. }));
        let chosen = Predicate::default();
        let lists = if others.is_empty() { None } else { Some(self.lists(&chosen, &others, Scoring::Never)?) };
        for stride in [STRIDE, 1] {
            let found = self.segments.each(self.catalog.entries.total() / stride, |segment| {
                let docs = match &lists {
                    Some(lists) => lists[segment.ordinal].docs.iter().step_by(stride).copied().collect(),
                    None => (0..segment.reader.max_doc()).step_by(stride).collect(),
                };
                let mut list = ScoredDocs::new(docs, None);
                segment.keep_alive(&mut list);
                for filter in &days {
                    list.docs = filter::docs(filter, segment, Some(&list.docs))?;
                }
                Ok(!list.docs.is_empty())
            })?;
            if found.contains(&true) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn search(&self, search: &Search<'_>, each: &mut Each<'_, UnmarkedHit>) -> Result<SearchResult, Error> {
        let scoring = if search.is_scored { Scoring::LowerBound } else { Scoring::Never };
        // Opened once for all segments, since the file may appear during the search.
        let known = if search.collapse == Collapse::Never { None } else { self.copies() };
        let found = self.each_list(search.chosen, search.filters, scoring, |list, segment| {
            let copied = match (search.collapse, known) {
                (Collapse::Never, _) => CopyKeys::default(),
                (_, Some(known)) => known.of(&list, segment),
                (_, None) => CopyKeys::by_column(&list, segment)?,
            };
            Ok((list, copied))
        })?;
        let (lists, copied): (Vec<ScoredDocs>, Vec<CopyKeys>) = found.into_iter().unzip();
        let total_entries = lists.iter().map(|list| list.docs.len()).sum();
        let keys: Vec<&[u64]> = copied.iter().map(|copied| &copied.keys[..]).collect();
        let total = total_entries - keys.iter().map(|keys| keys.len()).sum::<usize>() + distinct(&keys);
        let order = TopicOrder::of(&self.catalog);
        let has_variants = self.catalog.has_variants;
        let top = Top { segments: &self.segments, order: &order, has_variants, search, lists: &lists, copied: &copied };
        let ranked = top.hits()?;
        let mut reasons = if search.explain {
            let addresses: Vec<DocAddress> = ranked.iter().map(|ranked| ranked.best.address).collect();
            reasons(&addresses, &search.chosen.trees, &self.segments)?
        } else {
            Vec::new()
        };
        for (at, hit) in ranked.iter().enumerate() {
            let copy_ids = hit.copies.iter().map(|copy| self.id(copy.address).map(|id| id.to_string()));
            each(UnmarkedHit {
                entry: self.entry(hit.best.address)?,
                number: number(hit.best.address),
                score: hit.best.score,
                copies: hit.count,
                copy_ids: copy_ids.collect::<Result<_, _>>()?,
                reasons: reasons.get_mut(at).map(std::mem::take).unwrap_or_default(),
            })?;
        }
        Ok(SearchResult { total, total_entries, counts: self.tables(search, &lists)? })
    }

    fn tally(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Counts, Error> {
        let lists = self.lists(chosen, filters, Scoring::Never)?;
        self.counts(&lists, &[by]).map(|mut counts| counts.pop().unwrap_or_default())
    }

    fn sample(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Sample, Error> {
        let lists = self.lists(chosen, filters, Scoring::Never)?;
        let sources = self.sources_of(by)?;
        analytics::sample(&lists, by, &self.segments, sources, &self.catalog).map_err(self.segments.error())
    }

    fn stems(&self, entries: &[u64]) -> Result<Stems, Error> {
        analytics::stems(entries, &self.segments).map_err(self.segments.error())
    }

    fn entries(&self, entries: &[u64], each: &mut Each<'_, Entry>) -> Result<(), Error> {
        entries.iter().try_for_each(|&entry| each(self.entry(address(entry))?))
    }

    fn digest(&self, id: &DigestId, each: &mut Each<'_, (Entry, u64)>) -> Result<(), Error> {
        let addresses = self.addresses(id)?.into_iter();
        addresses
            .map(|address| Ok((self.entry(address)?, self.number(Number::Copy, address)?)))
            .try_for_each(|entry| each(entry?))
    }

    fn contents(&self) -> Result<Vec<u64>, Error> {
        let mut contents = Vec::with_capacity(self.catalog.entries.total());
        for segment in self.segments.iter() {
            let content = segment.numbers(Number::Content).map_err(self.segments.error())?;
            contents.extend(segment.reader.doc_ids_alive().map(|doc| content.get_val(doc)));
        }
        Ok(contents)
    }
}

impl OpenCommit {
    /// Counts the tables of a search.
    fn tables(&self, search: &Search<'_>, filtered: &[ScoredDocs]) -> Result<Vec<Counts>, Error> {
        let of = |is_wanted: fn(&TableFilters) -> bool| {
            let tables = search.tables.iter().filter(|table| is_wanted(&table.filters));
            tables.map(|table| std::slice::from_ref(&table.by)).collect::<Vec<_>>()
        };
        let mut all = self.counts(filtered, &of(|filters| matches!(filters, TableFilters::All)))?.into_iter();
        let lists = match search.tables.iter().any(|table| !matches!(table.filters, TableFilters::All)) {
            true => self.lists(search.chosen, &[], Scoring::Never)?,
            false => Vec::new(),
        };
        let mut unfiltered = self.counts(&lists, &of(|filters| matches!(filters, TableFilters::None)))?.into_iter();
        let count = |table: &crate::backend::Table| match &table.filters {
            TableFilters::All => Ok(all.next()),
            TableFilters::None => Ok(unfiltered.next()),
            TableFilters::Others(filters) => {
                let lists = self.intersect(&lists, filters)?;
                Ok(self.counts(&lists, &[std::slice::from_ref(&table.by)])?.pop())
            }
        };
        search.tables.iter().map(count).map(|counts| counts.map(Option::unwrap_or_default)).collect()
    }

    fn counts(&self, lists: &[ScoredDocs], tables: &[&[Dimension]]) -> Result<Vec<Counts>, Error> {
        let sources = self.sources_of(tables.iter().copied().flatten())?;
        analytics::counts(lists, tables, &self.segments, sources)
    }
}
