//! The terms of each group, digest by digest.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::partition::Partition;
use crate::query::{Key, Sample, Stems};
use crate::text::{Language, Token, function_stems, stem, tokens};

/// Terms in fewer digests are not told of: they say what one day was about.
pub const MIN_DIGESTS: usize = 5;

/// The longest terms, in words.
pub const MAX_WORDS: usize = 3;

/// The stems of a term, and [`END`] behind them.
pub type Term = [u32; MAX_WORDS];

const END: u32 = u32::MAX;

/// The texts of a language: those that are compared and all others of their kind, which say how common a word is.
pub struct Texts {
    pub stems: Stems,
    /// Where each entry is among the stems, by its number.
    slots: HashMap<u64, usize>,
    /// The entries that differ from one another.
    distinct: Vec<usize>,
    /// The stems at which no term begins or ends.
    binding: Vec<bool>,
    /// The stems that are in no term.
    hidden: Vec<bool>,
    /// The source of each entry, and the stems of its name: many titles end with it, which is no word of theirs.
    sources: Vec<u32>,
    names: Vec<Vec<u32>>,
    /// The names of several words: where a title ends with one, it is that of a source it was taken from.
    endings: HashSet<Vec<u32>>,
}

impl Texts {
    /// Of entries with their sources in the only column, without some stems.
    pub fn new(sample: &Sample, stems: Stems, lang: Language, is_hidden: impl Fn(&str) -> bool) -> Self {
        let binding = function_stems(lang);
        let mut seen = HashSet::new();
        let sources = &sample.columns[0];
        let code = |word: &Token| stems.terms.binary_search(&stem(&word.term, lang)).ok().map(|code| code as u32);
        let names = |source: &Key| match source {
            Key::Value(name) => tokens(name).iter().filter_map(code).collect(),
            Key::Day(_) | Key::None => Vec::new(),
        };
        let names: Vec<Vec<u32>> = sources.keys.iter().map(names).collect();
        Self {
            endings: names.iter().filter(|name| name.len() > 1).cloned().collect(),
            slots: sample.entries.iter().copied().zip(0..).collect(),
            distinct: (0..sample.len()).filter(|entry| seen.insert(sample.copies[*entry])).collect(),
            sources: sources.codes.clone(),
            names,
            binding: stems.terms.iter().map(|stem| binding.contains(stem)).collect(),
            hidden: stems.terms.iter().map(|stem| stem.is_empty() || is_hidden(stem)).collect(),
            stems,
        }
    }

    /// The stems of a term as text.
    pub fn stems_of(&self, term: &[u32]) -> Vec<&str> {
        term.iter().map(|stem| self.stems.terms[*stem as usize].as_str()).collect()
    }

    /// Where an entry is among the stems.
    pub fn slot(&self, entry: u64) -> Option<usize> {
        self.slots.get(&entry).copied()
    }

    /// The stems of a text, but for the name of a source at its end.
    fn without_ending(&self, slot: usize) -> &[u32] {
        let stems = self.stems.of(slot);
        let end = (0..stems.len()).find(|start| self.endings.contains(&stems[*start..])).unwrap_or(stems.len());
        &stems[..end]
    }

    /// The terms of so many words that a text has, each once.
    pub fn terms(&self, slot: usize, words: usize, out: &mut Vec<Term>) {
        out.clear();
        let source = &self.names[self.sources[slot] as usize];
        for stems in self.without_ending(slot).windows(words) {
            let binds = |stem: u32| self.binding[stem as usize];
            let is_name = |stem: &u32| self.hidden[*stem as usize] || source.contains(stem);
            if binds(stems[0]) || binds(stems[words - 1]) || stems.iter().any(is_name) {
                continue;
            }
            let mut term = [END; MAX_WORDS];
            term[..words].copy_from_slice(stems);
            out.push(term);
        }
        out.sort_unstable();
        out.dedup();
    }
}

/// The uses of terms of one number of words. A text with a term counts once, however often it has it.
pub struct Uses {
    /// The terms in enough digests, in order.
    pub terms: Vec<Term>,
    /// In how many digests each is.
    pub digests: Vec<usize>,
    /// The share of all texts that have each, whatever is compared.
    pub background: Vec<f64>,
    /// The texts of each group in each digest, by day.
    pub parts: Vec<Part>,
}

/// The texts of a group in a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub digest: (u32, u32),
    pub group: usize,
    /// The number of texts.
    pub texts: f64,
    /// The terms with the number of texts that have each, in the order of the terms.
    pub uses: Vec<(u32, f64)>,
}

/// A number of texts, and the number of texts with each term.
type Counts = (f64, BTreeMap<Term, f64>);

impl Uses {
    /// Of the sets of entries of each group that count once.
    pub fn new(words: usize, partition: &Partition, sets: &[Vec<Vec<usize>>], texts: &Texts) -> Self {
        // Digest and group → how many texts, and how many have which terms.
        let mut counts: BTreeMap<((u32, u32), usize), Counts> = BTreeMap::new();
        let mut terms = Vec::new();
        for (group, set) in sets.iter().enumerate().flat_map(|(group, sets)| sets.iter().map(move |set| (group, set))) {
            let mut of_set = BTreeSet::new();
            for slot in set.iter().filter_map(|entry| texts.slot(partition.sample.entries[*entry])) {
                texts.terms(slot, words, &mut terms);
                of_set.extend(terms.iter().copied());
            }
            let (all, uses) = counts.entry((partition.digest(set[0]), group)).or_default();
            *all += 1.0;
            of_set.into_iter().for_each(|term| *uses.entry(term).or_default() += 1.0);
        }
        let mut digests: BTreeMap<Term, BTreeSet<(u32, u32)>> = BTreeMap::new();
        for ((digest, _), (_, uses)) in &counts {
            uses.keys().for_each(|term| _ = digests.entry(*term).or_default().insert(*digest));
        }
        digests.retain(|_, digests| digests.len() >= MIN_DIGESTS);
        let terms: Vec<Term> = digests.keys().copied().collect();
        let place = |(term, uses): (&Term, &f64)| Some((terms.binary_search(term).ok()? as u32, *uses));
        let part = |((digest, group), (texts, uses)): (&((u32, u32), usize), &Counts)| Part {
            digest: *digest,
            group: *group,
            texts: *texts,
            uses: uses.iter().filter_map(place).collect(),
        };
        Self {
            parts: counts.iter().map(part).collect(),
            digests: digests.values().map(BTreeSet::len).collect(),
            background: background(words, &terms, texts),
            terms,
        }
    }

    /// The parts with each term, and how many of their texts have it.
    pub fn by_term(&self) -> Vec<Vec<(usize, f64)>> {
        let mut by_term = vec![Vec::new(); self.terms.len()];
        for (at, part) in self.parts.iter().enumerate() {
            part.uses.iter().for_each(|(term, uses)| by_term[*term as usize].push((at, *uses)));
        }
        by_term
    }
}

/// The number of texts of each group, and of those with each term.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    pub texts: Vec<f64>,
    pub uses: Vec<Vec<f64>>,
}

impl Totals {
    pub fn new(groups: usize, terms: usize) -> Self {
        Self { texts: vec![0.0; groups], uses: vec![vec![0.0; terms]; groups] }
    }

    /// Gives the texts of a part to a group.
    pub fn add(&mut self, part: &Part, group: usize) {
        self.texts[group] += part.texts;
        part.uses.iter().for_each(|(term, uses)| self.uses[group][*term as usize] += uses);
    }
}

/// The share of all texts that have each of some terms.
fn background(words: usize, terms: &[Term], texts: &Texts) -> Vec<f64> {
    let places: HashMap<Term, usize> = terms.iter().copied().zip(0..).collect();
    let mut uses = vec![0.0; terms.len()];
    let mut of_text = Vec::new();
    for &slot in &texts.distinct {
        texts.terms(slot, words, &mut of_text);
        of_text.iter().filter_map(|term| places.get(term)).for_each(|place| uses[*place] += 1.0);
    }
    uses.into_iter().map(|uses| uses / texts.distinct.len().max(1) as f64).collect()
}
