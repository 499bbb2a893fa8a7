//! A backend in memory, without an index: every entry is matched with every part of a tree. It documents the seam,
//! and the answers of other backends must equal its own, scores included.

mod entry;

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use digest_search::backend::{
    Catalog, Commit, Counts, Each, Error, Filter, Lookup, Part, Predicate, Search, SearchResult, Snapshot, Sources,
    TableFilters, Terms, UnmarkedHit, shown,
};
use digest_search::model::{DigestId, Document, Field};
use digest_search::query::{
    Collapse, Column, CustomTexts, Dimension, Entry, Key, Named, Reason, Sample, Sort, Stems, Stream,
};

use entry::{Handle, Indexed, Place};

pub struct Memory {
    catalog: Catalog,
    commit: Commit<'static>,
    sources: Sources,
    /// The entries, by digest, in file order.
    entries: Vec<Indexed>,
    /// The number of look-ups.
    pub look_ups: Arc<AtomicUsize>,
}

impl Memory {
    pub fn new(commit: Commit<'static>, documents: Vec<Document>) -> Self {
        let entries: Vec<Indexed> = documents.into_iter().map(Indexed::new).collect();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (source, _) in entries.iter().filter_map(|entry| entry.document.source.as_ref()) {
            *names.entry(source).or_default() += 1;
        }
        Self { sources: Sources::of(names), catalog: commit.catalog.clone(), commit, entries, look_ups: Arc::default() }
    }

    fn chosen(&self, chosen: &Predicate, filters: &[Filter]) -> Vec<&Indexed> {
        let is_chosen = |entry: &&Indexed| {
            chosen.trees.iter().all(|tree| entry.matched(tree).is_some())
                && filters.iter().all(|filter| entry.passes(filter))
                && chosen.exclude_copies_of != Some(entry.document.copy)
                && !chosen.known.as_ref().is_some_and(|known| known.has(entry.document.content))
        };
        self.entries.iter().filter(is_chosen).collect()
    }

    /// The sorted keys of an entry, several only of a custom field.
    fn keys(&self, entry: &Indexed, by: Dimension) -> BTreeSet<Key> {
        let document = &entry.document;
        match by {
            Dimension::Facet(field) => {
                let values = field.values(document).map(|value| match field {
                    Field::Source => self.sources.shown(value),
                    _ => value,
                });
                let keys: BTreeSet<Key> = values.map(|value| Key::Value(value.to_owned())).collect();
                if keys.is_empty() { [Key::None].into() } else { keys }
            }
            Dimension::Date(span) => [Key::Day(span.first(document.date))].into(),
            Dimension::DigestDate(span) => [Key::Day(span.first(document.id.digest.date))].into(),
        }
    }

    fn counts(&self, entries: &[&Indexed], by: &[Dimension]) -> Counts {
        let keys = |by: &Dimension| {
            let keys: BTreeSet<Key> = entries.iter().flat_map(|entry| self.keys(entry, *by)).collect();
            keys.into_iter().collect::<Vec<_>>()
        };
        let keys: Vec<Vec<Key>> = by.iter().map(keys).collect();
        let mut cells: BTreeMap<[u32; 2], usize> = BTreeMap::new();
        for entry in entries {
            let mut of_entry = vec![[0; 2]];
            for (at, by) in by.iter().enumerate() {
                let codes = self.keys(entry, *by).into_iter().map(|key| place(&key, &keys[at]));
                let with = |code: u32| of_entry.iter().map(move |codes: &[u32; 2]| (*codes, code));
                let all: Vec<([u32; 2], u32)> = codes.flat_map(with).collect();
                of_entry = all
                    .into_iter()
                    .map(|(mut codes, code)| {
                        codes[at] = code;
                        codes
                    })
                    .collect();
            }
            of_entry.into_iter().for_each(|codes| *cells.entry(codes).or_default() += 1);
        }
        Counts { keys, cells: cells.into_iter().collect(), entries: entries.len() }
    }

    fn entry(&self, entry: &Indexed) -> Entry {
        let document = &entry.document;
        let topic = &document.id.digest.topic;
        Entry {
            id: document.id.to_string(),
            kind: document.kind,
            topic: Named { id: topic.clone(), name: self.catalog.topics[topic].name.clone() },
            perspective: document
                .perspective
                .as_ref()
                .map(|(id, _)| Named { id: id.clone(), name: self.catalog.perspective_name(topic, id).to_owned() }),
            attribution: document.attribution.map(|how| how.as_str().to_owned()),
            source: document.source.as_ref().map(|(source, _)| self.sources.shown(source).to_owned()),
            lang: document.lang.clone(),
            locale: document.locale.clone(),
            date: document.date,
            digest_date: document.id.digest.date,
            text: document.text.clone(),
            url: document.url.clone(),
            description: document.description.clone(),
            section: document.section.clone(),
            corpus: Some(document.id.digest.corpus.clone()).filter(|corpus| !corpus.is_empty()),
            fields: CustomTexts {
                of: self.catalog.fields,
                values: document.fields.iter().map(|value| (value.field, value.value.clone())).collect(),
            },
        }
    }

    fn number(&self, entry: &Indexed) -> u64 {
        self.entries.iter().position(|other| other.document.id == entry.document.id).expect("an entry") as u64
    }
}

impl Snapshot for Memory {
    fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn fingerprint(&self) -> u64 {
        self.catalog.started as u64
    }

    fn is_newest(&self) -> bool {
        true
    }

    fn commit(&self) -> Result<Commit<'static>, Error> {
        Ok(self.commit.clone())
    }

    fn sources(&self) -> Result<&Sources, Error> {
        Ok(&self.sources)
    }

    fn look_up(&self, questions: &[Lookup<'_>]) -> Result<Vec<Terms>, Error> {
        self.look_ups.fetch_add(1, Ordering::Relaxed);
        let answer = |question: &Lookup<'_>| {
            let all = |stream: Stream| self.entries.iter().flat_map(move |entry| entry.words(stream));
            let (place, terms, is_found) = match *question {
                Lookup::Terms(stream, terms) => (Place::Stream(stream), terms.clone(), false),
                Lookup::Values(field, form, values) => (Place::Field(field, form), values.clone(), false),
                Lookup::Prefix(stream, prefix) => {
                    let words = all(stream).filter(|word| word.starts_with(prefix));
                    (Place::Stream(stream), words.cloned().collect(), true)
                }
                Lookup::Spellings(stream, typed, edits) => {
                    let is_near = |word: &&String| strsim::osa_distance(typed, word) <= edits.into();
                    (Place::Stream(stream), all(stream).filter(is_near).cloned().collect(), true)
                }
            };
            let one = |term: &String| Handle { place, terms: BTreeSet::from([term.clone()]) };
            let each = terms.iter().map(one);
            let frequency = each.map(|one| self.entries.iter().filter(|entry| entry.has(&one)).count() as u64).sum();
            let words = if is_found { terms.clone() } else { BTreeSet::new() };
            let handle: Arc<dyn Any + Send + Sync> = Arc::new(Handle { place, terms });
            Terms { words, frequency, handle }
        };
        Ok(questions.iter().map(answer).collect())
    }

    fn names(&self, field: Field) -> BTreeSet<String> {
        let keys = self.entries.iter().flat_map(|entry| self.keys(entry, Dimension::Facet(field)));
        keys.filter_map(Key::into_value).collect()
    }

    fn has_any(&self, filters: &[Filter]) -> Result<bool, Error> {
        Ok(self.entries.iter().any(|entry| filters.iter().all(|filter| entry.passes(filter))))
    }

    fn search(&self, search: &Search<'_>, each: &mut Each<'_, UnmarkedHit>) -> Result<SearchResult, Error> {
        let entries = self.chosen(search.chosen, search.filters);
        let parts = |entry: &Indexed| {
            let parts = search.chosen.trees.iter().filter_map(|tree| entry.matched(tree));
            parts.flatten().filter(|(_, score)| *score > 0).collect::<Vec<_>>()
        };
        let score = |entry: &Indexed| match search.is_scored {
            true => parts(entry).iter().map(|(_, score)| score).sum(),
            false => 0,
        };
        let key = |entry: &Indexed| {
            let (score, day) = (Reverse(i64::from(score(entry))), entry.document.date);
            let days = |sign: i64| Reverse(sign * i64::from(chrono::Datelike::num_days_from_ce(&day)));
            let first = match search.sort {
                Sort::Relevance => (score, days(1)),
                Sort::Newest => (days(1), score),
                Sort::Oldest => (days(-1), score),
            };
            (first, entry.document.id.digest.clone(), entry.document.place)
        };
        let mut ordered = entries.clone();
        ordered.sort_by_cached_key(|entry| key(entry));
        let mut hits: Vec<(&Indexed, Vec<&Indexed>)> = Vec::new();
        let mut of_copy: HashMap<u64, usize> = HashMap::new();
        for entry in ordered {
            match of_copy.get(&entry.document.copy).filter(|_| search.collapse != Collapse::Never) {
                Some(at) => hits[*at].1.push(entry),
                None => {
                    of_copy.insert(entry.document.copy, hits.len());
                    hits.push((entry, Vec::new()));
                }
            }
        }
        for (entry, copies) in hits.iter().skip(search.offset).take(search.limit.unwrap_or(usize::MAX)) {
            let reasons = if search.explain { parts(entry) } else { Vec::new() };
            let reason =
                |(part, score): (&Part, u32)| Reason { words: part.words.clone(), how: part.how, score: shown(score) };
            let is_listed = search.collapse == Collapse::Listed;
            let ids = copies.iter().filter(|_| is_listed).map(|copy| copy.document.id.to_string());
            each(UnmarkedHit {
                entry: self.entry(entry),
                number: self.number(entry),
                score: score(entry),
                copies: copies.len(),
                copy_ids: ids.collect(),
                reasons: reasons.into_iter().map(reason).collect(),
            })?;
        }
        let counts = search.tables.iter().map(|table| {
            let others = match &table.filters {
                TableFilters::All => search.filters,
                TableFilters::None => &[],
                TableFilters::Others(filters) => filters,
            };
            self.counts(&self.chosen(search.chosen, others), &[table.by])
        });
        Ok(SearchResult { total: hits.len(), total_entries: entries.len(), counts: counts.collect() })
    }

    fn tally(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Counts, Error> {
        Ok(self.counts(&self.chosen(chosen, filters), by))
    }

    fn sample(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Sample, Error> {
        let mut entries = self.chosen(chosen, filters);
        entries.sort_by_cached_key(|entry| {
            let DigestId { corpus, topic, date, variant } = entry.document.id.digest.clone();
            (date, corpus, topic, variant, entry.document.place)
        });
        let column = |by: &Dimension| {
            let keys: BTreeSet<Key> = entries.iter().flat_map(|entry| self.keys(entry, *by)).collect();
            let keys: Vec<Key> = keys.into_iter().collect();
            let (mut codes, mut starts) = (Vec::new(), vec![0]);
            for entry in &entries {
                codes.extend(self.keys(entry, *by).iter().map(|key| place(key, &keys)));
                starts.push(codes.len());
            }
            let is_list = matches!(by, Dimension::Facet(Field::Custom(_)));
            Column { codes, keys, starts: if is_list { starts } else { Vec::new() } }
        };
        Ok(Sample {
            entries: entries.iter().map(|entry| self.number(entry)).collect(),
            copies: entries.iter().map(|entry| entry.document.copy).collect(),
            columns: by.iter().map(column).collect(),
            spellings: Vec::new(),
        })
    }

    fn stems(&self, entries: &[u64]) -> Result<Stems, Error> {
        let entries: Vec<&Indexed> = entries.iter().map(|number| &self.entries[*number as usize]).collect();
        let terms: BTreeSet<String> = entries.iter().flat_map(|entry| entry.stems.clone()).collect();
        let terms: Vec<String> = [String::new()].into_iter().chain(terms).collect();
        let code = |stem: &String| terms.binary_search(stem).expect("one of theirs") as u32;
        let (mut codes, mut starts) = (Vec::new(), vec![0]);
        for entry in entries {
            codes.extend(entry.stems.iter().map(code));
            starts.push(codes.len());
        }
        Ok(Stems { codes, starts, terms })
    }

    fn entries(&self, entries: &[u64], each: &mut Each<'_, Entry>) -> Result<(), Error> {
        entries.iter().try_for_each(|number| each(self.entry(&self.entries[*number as usize])))
    }

    fn digest(&self, id: &DigestId, each: &mut Each<'_, (Entry, u64)>) -> Result<(), Error> {
        let entries = self.entries.iter().filter(|entry| entry.document.id.digest == *id);
        entries.map(|entry| (self.entry(entry), entry.document.copy)).try_for_each(each)
    }

    fn contents(&self) -> Result<Vec<u64>, Error> {
        Ok(self.entries.iter().map(|entry| entry.document.content).collect())
    }
}

/// The code of a key.
fn place(key: &Key, keys: &[Key]) -> u32 {
    keys.binary_search(key).expect("a key of theirs") as u32
}
