//! The first hits of all that matches. Only what can be among them is scored in full and put into order.

use std::cmp::Reverse;

use tantivy::{DocAddress, DocId};

use super::matching::{Bonus, List, Number, Scoring, list_all};
use super::plan::Plan;
use super::rank::{Candidate, Ranked, rank};
use super::selected::Selected;
use super::{Error, Reader};
use crate::query::{SearchRequest, Sort};

/// So many times more units than hits wanted are looked at first.
const AHEAD: usize = 4;

/// What is selected, and what its order depends on first.
pub struct Top<'a> {
    pub reader: &'a Reader,
    pub selected: &'a Selected,
    pub request: &'a SearchRequest,
    /// The units of each segment, with their least scores.
    pub lists: &'a [List],
    /// What copies have in common, unit by unit; nothing where copies are hits of their own.
    pub copies: &'a [Vec<u64>],
}

impl Top<'_> {
    /// The hits asked for, in order.
    pub fn hits(&self) -> Result<Vec<Ranked>, Error> {
        let SearchRequest { sort, offset, limit, .. } = *self.request;
        let wanted = limit.map_or(usize::MAX, |limit| offset.saturating_add(limit));
        if wanted == 0 || self.lists.iter().all(|list| list.docs.is_empty()) {
            return Ok(Vec::new());
        }
        let firsts = self.firsts()?;
        let mut hits = self.contest(&firsts, wanted)?;
        let mut hits = hits.split_off(offset.min(hits.len()));
        if !self.copies.is_empty() && !hits.is_empty() {
            let mut copies: Vec<u64> = hits.iter().map(|hit| hit.best.copy).collect();
            copies.sort_unstable();
            let bits = copies.iter().fold(0u64, |bits, copy| bits | 1 << (copy % 64));
            let candidates = self.candidates(|segment, at| {
                let copy = self.copies[segment][at];
                bits >> (copy % 64) & 1 == 1 && copies.binary_search(&copy).is_ok()
            })?;
            hits = rank(candidates, sort, false, usize::MAX);
        }
        Ok(hits)
    }

    /// What the order depends on first, the greater the better: the score, or the day.
    fn firsts(&self) -> Result<Vec<Vec<u32>>, Error> {
        let units = self.lists.iter().map(|list| list.docs.len()).sum();
        self.reader.each_segment(units, |ordinal, segment| {
            let list = &self.lists[ordinal];
            if self.is_by_score() {
                return Ok(list.numbers.clone());
            }
            let days = segment.numbers_of(Number::Date, &list.docs)?.into_iter();
            Ok(match self.request.sort {
                Sort::Relevance | Sort::Newest => days.map(|day| day as u32).collect(),
                Sort::Oldest => days.map(|day| u32::MAX - day as u32).collect(),
            })
        })
    }

    fn is_by_score(&self) -> bool {
        self.request.sort == Sort::Relevance && self.request.selection.is_scored()
    }

    /// The best `wanted` hits, each with those of its copies that could have been it.
    fn contest(&self, firsts: &[Vec<u32>], wanted: usize) -> Result<Vec<Ranked>, Error> {
        let SearchRequest { sort, all_copies, .. } = *self.request;
        let bonus = self.selected.plans.iter().map(Plan::bonus).fold(Bonus::default(), Bonus::and);
        let best = |least: u32| {
            let candidates = self.candidates(|segment, at| firsts[segment][at] >= least)?;
            Ok::<_, Error>(rank(candidates, sort, all_copies, wanted))
        };
        let mut ahead = wanted;
        loop {
            ahead = ahead.saturating_mul(AHEAD);
            let all = firsts.iter().map(Vec::len).sum::<usize>();
            let least = if ahead < all { nth_greatest(firsts.iter().flatten().copied(), ahead) } else { 0 };
            let hits = best(least)?;
            match hits.get(wanted - 1) {
                None if least > 0 => {}
                Some(last) if self.is_by_score() => {
                    let needed = bonus.least(last.best.score);
                    return if needed < least { best(needed) } else { Ok(hits) };
                }
                _ => return Ok(hits),
            }
        }
    }

    /// The selected units that are chosen by their segment and place in its list, with all that their order depends on.
    fn candidates(&self, is_chosen: impl Fn(usize, usize) -> bool) -> Result<Vec<Candidate>, Error> {
        let topics: Vec<&str> = self.reader.catalog.topics.keys().map(String::as_str).collect();
        let chosen =
            |(ordinal, list): (usize, &List)| (0..list.docs.len()).filter(|at| is_chosen(ordinal, *at)).collect();
        let chosen: Vec<Vec<usize>> = self.lists.iter().enumerate().map(chosen).collect();
        let units = chosen.iter().map(Vec::len).sum();
        let candidates = self.reader.each_segment(units, |ordinal, segment| {
            let docs: Vec<DocId> = chosen[ordinal].iter().map(|at| self.lists[ordinal].docs[*at]).collect();
            if docs.is_empty() {
                return Ok(Vec::new());
            }
            let scores = list_all(self.selected.plans.iter(), segment, Some(&docs), Scoring::Full)?.numbers;
            let dates = segment.numbers_of(Number::Date, &docs)?;
            let digest_dates = segment.numbers_of(Number::DigestDate, &docs)?;
            let places = segment.numbers_of(Number::Place, &docs)?;
            let topics = segment.topic_ranks(&docs, &topics)?;
            let candidate = |at: usize| Candidate {
                score: scores[at],
                date: dates[at] as u32,
                topic: topics[at],
                digest_date: digest_dates[at] as u32,
                place: places[at] as u32,
                copy: self.copies.get(ordinal).map_or(0, |copies| copies[chosen[ordinal][at]]),
                address: DocAddress::new(ordinal as u32, docs[at]),
            };
            Ok((0..docs.len()).map(candidate).collect())
        })?;
        Ok(candidates.concat())
    }
}

/// The `n`-th greatest of some values; 0 where there are fewer.
fn nth_greatest(values: impl Iterator<Item = u32>, n: usize) -> u32 {
    let (mut greatest, mut least) = (Vec::new(), 0);
    for value in values.filter(|value| *value > 0) {
        if value <= least {
            continue;
        }
        greatest.push(value);
        if greatest.len() == n.saturating_mul(2) {
            least = *greatest.select_nth_unstable_by_key(n - 1, |value| Reverse(*value)).1;
            greatest.truncate(n);
        }
    }
    if greatest.len() < n { 0 } else { *greatest.select_nth_unstable_by_key(n - 1, |value| Reverse(*value)).1 }
}

/// How many different values there are.
pub fn distinct(values: &[Vec<u64>]) -> usize {
    /// A word has two bits for each of so many places.
    const PLACES: usize = 32;
    let total: usize = values.iter().map(Vec::len).sum();
    // Values are hashes, so each can have a place that few others have; only where one is met again are values compared.
    let words = (total * 8).div_ceil(PLACES).next_power_of_two();
    let place = |value: &u64| ((*value as usize / PLACES) & (words - 1), *value as usize % PLACES * 2);
    let mut seen = vec![0u64; words];
    for value in values.iter().flatten() {
        let (word, bit) = place(value);
        seen[word] |= (seen[word] >> bit & 1) << (bit + 1) | 1 << bit;
    }
    let is_shared = |value: &&u64| {
        let (word, bit) = place(value);
        seen[word] >> (bit + 1) & 1 == 1
    };
    let mut shared: Vec<u64> = values.iter().flatten().filter(is_shared).copied().collect();
    let alone = total - shared.len();
    shared.sort_unstable();
    shared.dedup();
    alone + shared.len()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_what_differs(values in prop::collection::vec(prop::collection::vec(0u64..3000, 0..300), 0..4), factor in 1u64..1000) {
            let values: Vec<Vec<u64>> = values.into_iter().map(|values| values.into_iter().map(|value| value * factor).collect()).collect();
            prop_assert_eq!(distinct(&values), values.iter().flatten().collect::<HashSet<_>>().len());
        }

        #[test]
        fn finds_the_nth(mut values in prop::collection::vec(0u32..50, 0..200), n in 1usize..40) {
            let found = nth_greatest(values.iter().copied(), n);
            values.sort_unstable_by_key(|value| Reverse(*value));
            prop_assert_eq!(found, values.get(n - 1).copied().unwrap_or_default());
        }
    }
}
