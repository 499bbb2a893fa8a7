//! The first hits of all that matches. Only what can be among them is scored in full and put into order.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::{DocAddress, DocId};

use super::copies::Copied;
use super::greatest::{no_less, nth_distinct, nth_greatest};
use super::rank::{Candidate, Ranked, rank};
use crate::backend::{Error, Search};
use crate::query::{Collapse, Sort};
use crate::tantivy::matching::{Number, ScoredDocs, Segment, Segments};
use crate::tantivy::scoring::{ScoreBound, bound, completed};

/// So many times more entries than hits wanted are looked at first.
const AHEAD: usize = 4;

/// What is selected, and what its order depends on first.
pub struct Top<'a> {
    pub segments: &'a Segments,
    /// The ids of all topics, in order.
    pub topics: &'a [&'a str],
    pub search: &'a Search<'a>,
    /// The entries of each segment, with their least scores.
    pub lists: &'a [ScoredDocs],
    /// Their entries that have copies; none where copies are hits of their own.
    pub copied: &'a [Copied],
}

/// An entry that may be a hit or the copy of one.
struct Contender {
    /// Its place in its segment's list.
    at: usize,
    score: u32,
    date: u32,
    copy: u64,
}

impl Top<'_> {
    /// The hits asked for, in order.
    pub fn hits(&self) -> Result<Vec<Ranked>, Error> {
        let Search { sort, offset, limit, collapse, .. } = *self.search;
        let wanted = limit.map_or(usize::MAX, |limit| offset.saturating_add(limit));
        if wanted == 0 || self.lists.iter().all(|list| list.docs.is_empty()) {
            return Ok(Vec::new());
        }
        let contest = self.contest(wanted)?;
        let is_all = contest.iter().zip(self.lists).all(|(contenders, list)| contenders.len() == list.docs.len());
        let mut hits = rank(self.candidates(&contest)?, sort, collapse, wanted);
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

    /// For each segment, the entries that are hits which have copies, or copies of hits: their places in its list, and what
    /// they have in common.
    fn with_copies(&self, hits: &[Ranked]) -> Vec<Vec<(usize, u64)>> {
        let keys = hits.iter().map(|hit| hit.best.copy).collect();
        self.copied.iter().map(|copied| copied.having(&keys)).collect()
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

    /// The entries among which the best `wanted` hits are, for each segment; of their copies perhaps not all.
    fn contest(&self, wanted: usize) -> Result<Vec<Vec<Contender>>, Error> {
        let firsts = self.firsts()?;
        let all: usize = firsts.iter().map(|firsts| firsts.len()).sum();
        // Some that seem good tell how good one must be.
        let mut ahead = wanted;
        let enough = loop {
            ahead = ahead.saturating_mul(AHEAD);
            if ahead >= all {
                return self.contenders(&no_less(&firsts, 0, usize::MAX));
            }
            let seems_good = nth_greatest(&firsts, ahead);
            if let Some(enough) = self.reached(&self.contenders(&no_less(&firsts, seems_good, ahead))?, wanted) {
                break enough;
            }
        };
        let bound = self.search.chosen.trees.iter().map(bound).fold(ScoreBound::default(), ScoreBound::and);
        let least = if self.is_by_score() { bound.least(enough.0) } else { enough.0 };
        let mut contenders = self.contenders(&no_less(&firsts, least, usize::MAX))?;
        let enough = self.reached(&contenders, wanted);
        contenders.iter_mut().for_each(|contenders| contenders.retain(|contender| Some(self.key(contender)) >= enough));
        Ok(contenders)
    }

    /// What the order depends on first, the greater the better: the least score, or the day.
    fn firsts(&self) -> Result<Vec<Cow<'_, [u32]>>, Error> {
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

    /// A day as a number, the greater the better.
    fn rank_of(&self, day: u32) -> u32 {
        if self.search.sort == Sort::Oldest { u32::MAX - day } else { day }
    }

    /// The first two things that the order depends on, the greater the better.
    fn key(&self, contender: &Contender) -> (u32, u32) {
        let day = self.rank_of(contender.date);
        if self.is_by_score() { (contender.score, day) } else { (day, contender.score) }
    }

    /// The key of the last of the best `wanted` hits among some entries; none if there are fewer hits.
    fn reached(&self, contenders: &[Vec<Contender>], wanted: usize) -> Option<(u32, u32)> {
        let mut keys: Vec<((u32, u32), u64)> =
            contenders.iter().flatten().map(|contender| (self.key(contender), contender.copy)).collect();
        if self.search.collapse == Collapse::Never {
            let last = wanted.checked_sub(1).filter(|last| *last < keys.len())?;
            return Some(keys.select_nth_unstable_by_key(last, |(key, _)| Reverse(*key)).1.0);
        }
        nth_distinct(keys, wanted)
    }

    /// Entries, for each segment by their places in its list.
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
            // No key in the index of copies is so great.
            let alone = |doc: DocId| 1 << 63 | (ordinal as u64) << 32 | u64::from(doc);
            let copy = |at: usize, doc| self.copied[ordinal].key(at).unwrap_or_else(|| alone(doc));
            let contenders = places.iter().zip(docs).zip(scores.into_iter().zip(dates));
            let contender =
                |((&at, doc), (score, date))| Contender { at, score, date: date as u32, copy: copy(at, doc) };
            Ok(contenders.map(contender).collect())
        })
    }

    /// Entries with all that their order depends on.
    fn candidates(&self, contenders: &[Vec<Contender>]) -> Result<Vec<Candidate>, Error> {
        let entries = contenders.iter().map(Vec::len).sum();
        // Most often, nothing depends on ids.
        let mut keys: Vec<_> = contenders.iter().flatten().map(|contender| self.key(contender)).collect();
        keys.sort_unstable();
        let are_tied = keys.windows(2).any(|pair| pair[0] == pair[1]);
        let candidates = self.segments.each(entries, |segment| {
            let (ordinal, contenders) = (segment.ordinal, &contenders[segment.ordinal]);
            if contenders.is_empty() {
                return Ok(Vec::new());
            }
            let docs: Vec<DocId> = contenders.iter().map(|contender| self.lists[ordinal].docs[contender.at]).collect();
            let ids = if are_tied { ids(segment, &docs, self.topics)? } else { vec![[0; 3]; docs.len()] };
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

/// The order of some entries' ids: the topic's place among all topics, the digest's day, the id's place in its digest.
fn ids(segment: &Segment, docs: &[DocId], topics: &[&str]) -> tantivy::Result<Vec<[u32; 3]>> {
    let topics = segment.topic_ranks(docs, topics)?.into_iter();
    let digest_dates = segment.numbers_of(Number::DigestDate, docs)?.into_iter();
    let places = segment.numbers_of(Number::Place, docs)?;
    Ok(topics.zip(digest_dates).zip(places).map(|((topic, day), place)| [topic, day as u32, place as u32]).collect())
}
