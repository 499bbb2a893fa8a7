//! The top hits. Only entries that can be among them are scored in full and sorted.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::{DocAddress, DocId};

use super::copies::CopyKeys;
use super::greatest::{at_least, nth_distinct, nth_greatest};
use super::rank::{Candidate, Ranked, rank};
use crate::backend::{Error, Search};
use crate::query::{Collapse, Sort};
use crate::tantivy::matching::{Number, ScoredDocs, Segment, Segments, TopicOrder};
use crate::tantivy::scoring::{ScoreBound, bound, completed};

/// Factor of entries examined first over hits wanted.
const AHEAD: usize = 4;

/// A search with its matches and their primary sort keys.
pub struct Top<'a> {
    pub segments: &'a Segments,
    /// The order of topics.
    pub order: &'a TopicOrder<'a>,
    /// True if digests are distinguished by more than topic and day.
    pub has_variants: bool,
    pub search: &'a Search<'a>,
    /// The matches of each segment, with lower bounds of their scores.
    pub lists: &'a [ScoredDocs],
    /// The matches that have copies; none if copies are not collapsed.
    pub copied: &'a [CopyKeys],
}

/// An entry that may be a hit or the copy of one.
struct Contender {
    /// The index in its segment's list.
    at: usize,
    score: u32,
    date: u32,
    copy: u64,
}

impl Top<'_> {
    /// Returns the requested hits in order.
    pub fn hits(&self) -> Result<Vec<Ranked>, Error> {
        let Search { sort, offset, limit, collapse, .. } = *self.search;
        let wanted = limit.map_or(usize::MAX, |limit| offset.saturating_add(limit));
        if wanted == 0 || self.lists.iter().all(|list| list.docs.is_empty()) {
            return Ok(Vec::new());
        }
        let contenders = self.best_contenders(wanted)?;
        let is_all = contenders.iter().zip(self.lists).all(|(contenders, list)| contenders.len() == list.docs.len());
        let mut hits = rank(self.candidates(&contenders)?, sort, collapse, wanted);
        let mut hits = hits.split_off(offset.min(hits.len()));
        if !is_all && !hits.is_empty() {
            match collapse {
                Collapse::Listed => self.list_copies(&mut hits)?,
                Collapse::Counted => self.count_copies(&mut hits),
                Collapse::Never => {}
            }
        }
        Ok(hits)
    }

    /// Returns, by segment, the entries that have the copy key of a hit: their indices in the list, and the keys.
    fn with_copies(&self, hits: &[Ranked]) -> Vec<Vec<(usize, u64)>> {
        let keys = hits.iter().map(|hit| hit.best.copy).collect();
        self.copied.iter().map(|copied| copied.with_keys(&keys)).collect()
    }

    fn list_copies(&self, hits: &mut [Ranked]) -> Result<(), Error> {
        let entries = self.with_copies(hits);
        let places: Vec<Vec<usize>> =
            entries.iter().map(|entries| entries.iter().map(|(place, _)| *place).collect()).collect();
        let all = self.candidates(&self.contenders(&places)?)?;
        let whole = rank(all, self.search.sort, Collapse::Listed, usize::MAX).into_iter();
        let mut whole: HashMap<u64, Ranked> = whole.map(|hit| (hit.best.copy, hit)).collect();
        for hit in hits {
            if let Some(whole) = whole.remove(&hit.best.copy) {
                *hit = whole;
            }
        }
        Ok(())
    }

    fn count_copies(&self, hits: &mut [Ranked]) {
        let mut entries: HashMap<u64, usize> = HashMap::new();
        self.with_copies(hits).iter().flatten().for_each(|(_, key)| *entries.entry(*key).or_default() += 1);
        for hit in hits {
            hit.count = entries.get(&hit.best.copy).map_or(0, |entries| entries - 1);
        }
    }

    /// Returns, by segment, entries that include the best `wanted` hits; maybe without some of their copies.
    fn best_contenders(&self, wanted: usize) -> Result<Vec<Vec<Contender>>, Error> {
        let primary_keys = self.primary_keys()?;
        let all: usize = primary_keys.iter().map(|primary_keys| primary_keys.len()).sum();
        // The best by lower bound give a threshold.
        let mut ahead = wanted;
        let enough = loop {
            ahead = ahead.saturating_mul(AHEAD);
            if ahead >= all {
                return self.contenders(&at_least(&primary_keys, 0, usize::MAX));
            }
            let threshold = nth_greatest(&primary_keys, ahead);
            if let Some(enough) = self.nth_key(&self.contenders(&at_least(&primary_keys, threshold, ahead))?, wanted) {
                break enough;
            }
        };
        let bound = self.search.chosen.trees.iter().map(bound).fold(ScoreBound::default(), ScoreBound::and);
        let least = if self.is_by_score() { bound.least(enough.0) } else { enough.0 };
        let mut contenders = self.contenders(&at_least(&primary_keys, least, usize::MAX))?;
        let enough = self.nth_key(&contenders, wanted);
        contenders.iter_mut().for_each(|contenders| contenders.retain(|contender| Some(self.key(contender)) >= enough));
        Ok(contenders)
    }

    /// Returns the primary sort keys, the greater the better: lower bounds of scores, or dates.
    fn primary_keys(&self) -> Result<Vec<Cow<'_, [u32]>>, Error> {
        if self.is_by_score() {
            return Ok(self.lists.iter().map(|list| Cow::Borrowed(&list.numbers[..])).collect());
        }
        let entries = self.lists.iter().map(|list| list.docs.len()).sum();
        self.segments.each(entries, |segment| {
            let days = segment.numbers_of(Number::Date, &self.lists[segment.ordinal].docs)?.into_iter();
            Ok(days.map(|day| self.rank_of(day as u32)).collect())
        })
    }

    fn is_by_score(&self) -> bool {
        self.search.sort == Sort::Relevance && self.search.is_scored
    }

    /// Converts a date to a sort key, the greater the better.
    fn rank_of(&self, day: u32) -> u32 {
        if self.search.sort == Sort::Oldest { u32::MAX - day } else { day }
    }

    /// Returns the first two sort keys, the greater the better.
    fn key(&self, contender: &Contender) -> (u32, u32) {
        let day = self.rank_of(contender.date);
        if self.is_by_score() { (contender.score, day) } else { (day, contender.score) }
    }

    /// Returns the key of the last of the best `wanted` hits among some entries; `None` if there are fewer.
    fn nth_key(&self, contenders: &[Vec<Contender>], wanted: usize) -> Option<(u32, u32)> {
        let mut keys: Vec<((u32, u32), u64)> =
            contenders.iter().flatten().map(|contender| (self.key(contender), contender.copy)).collect();
        if self.search.collapse == Collapse::Never {
            let last = wanted.checked_sub(1).filter(|last| *last < keys.len())?;
            return Some(keys.select_nth_unstable_by_key(last, |(key, _)| Reverse(*key)).1.0);
        }
        nth_distinct(keys, wanted)
    }

    /// Returns entries by segment, given by their indices in its list.
    fn contenders(&self, chosen: &[Vec<usize>]) -> Result<Vec<Vec<Contender>>, Error> {
        self.segments.each(chosen.iter().map(Vec::len).sum(), |segment| {
            let (ordinal, places) = (segment.ordinal, &chosen[segment.ordinal]);
            if places.is_empty() {
                return Ok(Vec::new());
            }
            let docs: Vec<DocId> = places.iter().map(|at| self.lists[ordinal].docs[*at]).collect();
            let numbers = &self.lists[ordinal].numbers;
            let least = places.iter().map(|at| numbers.get(*at).copied().unwrap_or_default()).collect();
            let scores =
                completed(&self.search.chosen.trees, segment, ScoredDocs { docs: docs.clone(), numbers: least })?
                    .numbers;
            let dates = segment.numbers_of(Number::Date, &docs)?;
            // Greater than all keys of the file of copies.
            let unique_key = |doc: DocId| 1 << 63 | (ordinal as u64) << 32 | u64::from(doc);
            let copy = |at: usize, doc| self.copied[ordinal].key(at).unwrap_or_else(|| unique_key(doc));
            let contenders = places.iter().zip(docs).zip(scores.into_iter().zip(dates));
            let contender =
                |((&at, doc), (score, date))| Contender { at, score, date: date as u32, copy: copy(at, doc) };
            Ok(contenders.map(contender).collect())
        })
    }

    /// Returns entries with all sort keys.
    fn candidates(&self, contenders: &[Vec<Contender>]) -> Result<Vec<Candidate>, Error> {
        let entries = contenders.iter().map(Vec::len).sum();
        // The order rarely depends on ids.
        let mut keys: Vec<_> = contenders.iter().flatten().map(|contender| self.key(contender)).collect();
        keys.sort_unstable();
        let are_tied = keys.windows(2).any(|pair| pair[0] == pair[1]);
        let variants = match are_tied && self.has_variants {
            true => self.segments.variant_ranks().map_err(self.segments.error())?,
            false => vec![Vec::new(); self.segments.len()],
        };
        let candidates = self.segments.each(entries, |segment| {
            let (ordinal, contenders) = (segment.ordinal, &contenders[segment.ordinal]);
            if contenders.is_empty() {
                return Ok(Vec::new());
            }
            let docs: Vec<DocId> = contenders.iter().map(|contender| self.lists[ordinal].docs[contender.at]).collect();
            let ids = match are_tied {
                true => ids(segment, &docs, self.order, &variants[ordinal])?,
                false => vec![[0; 4]; docs.len()],
            };
            let candidate = |(at, contender): (usize, &Contender)| Candidate {
                score: contender.score,
                date: contender.date,
                id: ids[at],
                copy: contender.copy,
                address: DocAddress::new(ordinal as u32, docs[at]),
            };
            Ok(contenders.iter().enumerate().map(candidate).collect())
        })?;
        Ok(candidates.concat())
    }
}

/// Returns the sort keys of ids: rank of corpus and topic, date of the digest, rank of its variant, rank of the id in its digest.
/// `variants` are the ranks of the segment's variants; empty if no digest has one.
fn ids(segment: &Segment, docs: &[DocId], order: &TopicOrder<'_>, variants: &[u32]) -> tantivy::Result<Vec<[u32; 4]>> {
    let topics = segment.topic_ranks(docs, order)?.into_iter();
    let digest_dates = segment.numbers_of(Number::DigestDate, docs)?.into_iter();
    let places = segment.numbers_of(Number::Place, docs)?;
    let mut ids: Vec<[u32; 4]> = topics
        .zip(digest_dates)
        .zip(places)
        .map(|((topic, day), place)| [topic, day as u32, 0, place as u32])
        .collect();
    if !variants.is_empty() {
        let names = segment.variants()?;
        for (id, doc) in ids.iter_mut().zip(docs) {
            id[2] = variants.get(names.numbers.get_val(*doc) as usize).copied().unwrap_or_default();
        }
    }
    Ok(ids)
}
