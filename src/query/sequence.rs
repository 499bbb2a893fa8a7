//! Sequences of terms with positions, and their matches: used to search and to highlight.

use std::collections::BTreeSet;
use std::ops::Range;

/// A stream of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// Folded words of an entry.
    Exact,
    /// Stems of the words, and pairs of Chinese and Japanese characters.
    Stem,
    /// Folded words of the source's names.
    Source,
}

/// Terms at relative positions in a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// Stream of the terms.
    pub stream: Stream,
    /// Slots in order; at least one.
    pub slots: Vec<Slot>,
    /// Maximum displacement: positions p match slots i where max(p − i) − min(p − i) ≤ slop. Two slots never share a
    /// position: a repeated word must occur twice.
    pub slop: u32,
}

/// A slot of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Relative position.
    pub at: u32,
    /// Alternative terms; empty where the index has none.
    pub terms: BTreeSet<String>,
}

impl Sequence {
    /// Returns a sequence of one slot.
    pub fn word(stream: Stream, terms: BTreeSet<String>) -> Self {
        Self { stream, slots: vec![Slot { at: 0, terms }], slop: 0 }
    }

    /// Returns a sequence of adjacent terms.
    pub fn phrase<'a>(stream: Stream, terms: impl IntoIterator<Item = &'a String>, slop: u32) -> Self {
        let slots = (0..).zip(terms).map(|(at, term)| Slot { at, terms: BTreeSet::from([term.clone()]) });
        Self { stream, slots: slots.collect(), slop }
    }

    /// Returns the matching byte ranges, given the ascending positions of each slot's terms and the byte range of each
    /// position.
    pub fn find(&self, positions: &[Vec<u32>], spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.matches(positions, |at| {
            let mut at = at.to_vec();
            at.sort_unstable();
            // Words that are not adjacent are highlighted one by one.
            let parts = at.chunk_by(|a, b| self.slop == 0 || a + 1 == *b);
            found.extend(parts.map(|part| span(spans, part)));
        });
        found
    }

    /// Returns the slots with the same terms as an earlier one, each with the last such slot. Irrelevant without slop.
    pub fn repeats(&self) -> Vec<(usize, usize)> {
        let slots = if self.slop == 0 { &[][..] } else { &self.slots };
        let before = |second: usize| slots[..second].iter().rposition(|slot| slot.terms == slots[second].terms);
        (0..slots.len()).filter_map(|second| Some((before(second)?, second))).collect()
    }

    /// Returns the number of matches, given the ascending positions of each slot's terms.
    pub fn count(&self, positions: &[Vec<u32>]) -> u32 {
        let mut count = 0;
        match (self.slop, &self.slots[..], positions) {
            (0, [first, rest @ ..], [starts, positions @ ..]) => {
                let matches = |start: &u32, slot: &Slot, positions: &Vec<u32>| {
                    positions.binary_search(&(start + (slot.at - first.at))).is_ok()
                };
                let is_match = |start: &&u32| rest.iter().zip(positions).all(|(slot, at)| matches(start, slot, at));
                count = starts.iter().filter(is_match).count() as u32;
            }
            _ => self.matches(positions, |_| count += 1),
        }
        count
    }

    /// Calls `found` for each match with the position of each slot, given the ascending positions of each slot's terms.
    ///
    /// Always advances the slot with the lowest displacement, so that every minimal match is found; but first any slot
    /// that does not follow the previous slot with the same terms. (Slots with the same terms are interchangeable.)
    pub fn matches(&self, positions: &[Vec<u32>], mut found: impl FnMut(&[u32])) {
        let mut heads = vec![0; positions.len()];
        let mut at = vec![0; positions.len()];
        let repeats = self.repeats();
        loop {
            let (mut low, mut high, mut last) = (i64::MAX, i64::MIN, 0);
            for (i, (slot, positions)) in self.slots.iter().zip(positions).enumerate() {
                let Some(&position) = positions.get(heads[i]) else { return };
                at[i] = position;
                let moved = i64::from(position) - i64::from(slot.at);
                if moved < low {
                    (low, last) = (moved, i);
                }
                high = high.max(moved);
            }
            match repeats.iter().find(|(first, second)| at[*second] <= at[*first]) {
                Some((_, second)) => last = *second,
                None if high - low <= i64::from(self.slop) => found(&at),
                None => {}
            }
            heads[last] += 1;
        }
    }
}

/// Returns the byte range that encloses the given positions.
fn span(spans: &[Range<usize>], positions: &[u32]) -> Range<usize> {
    let spans = positions.iter().map(|&position| &spans[position as usize]);
    let end = spans.clone().map(|span| span.end).max();
    spans.map(|span| span.start).min().unwrap_or_default()..end.unwrap_or_default()
}

/// Sorts ranges and merges overlapping ones.
pub fn merge_overlapping(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Token, tokens};
    use proptest::prelude::*;

    fn find(sequence: &Sequence, stream: &[Token]) -> Vec<Range<usize>> {
        let place = |slot: &Slot| {
            let fits = (0..).zip(stream).filter(|(_, token)| slot.terms.contains(&token.term));
            fits.map(|(position, _): (u32, _)| position).collect()
        };
        let positions: Vec<Vec<u32>> = sequence.slots.iter().map(place).collect();
        sequence.find(&positions, &stream.iter().map(|token| token.span.clone()).collect::<Vec<_>>())
    }

    fn check(text: &str, words: &str, slop: u32, expect: &[&str]) {
        let terms: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let found = merge_overlapping(find(&Sequence::phrase(Stream::Exact, &terms, slop), &tokens(text)));
        let got: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, expect, "{text}: {words}~{slop}");
    }

    #[test]
    fn phrases_match_with_slop() {
        check("export controls, control exports", "export controls", 0, &["export controls"]);
        check("controls on exports of chips, export controls", "export controls", 0, &["export controls"]);
        check("a b x c", "a b c", 0, &[]);
        check("a b x c", "a b c", 1, &["a b", "c"]);
        check("b a", "a b", 1, &[]);
        check("b a", "a b", 2, &["b a"]);
        check("a x x b", "a b", 1, &[]);
        check("a a b", "a b", 0, &["a b"]);
        check("a b", "a a", 2, &[]);
        check("a x a", "a a", 2, &["a", "a"]);
        check("a, a", "a a", 2, &["a, a"]);
        check("a b a b", "a b", 0, &["a b", "a b"]);
    }

    proptest! {
        #[test]
        fn matches_equal_a_search_of_all_positions(
            text in prop::collection::vec(0usize..4, 0..10), phrase in prop::collection::vec(0usize..4, 1..4), slop in 0u32..5,
        ) {
            let letter = |i: &usize| ["a", "b", "c", "d"][*i].to_owned();
            let stream: Vec<Token> =
                text.iter().enumerate().map(|(i, w)| Token { term: letter(w), span: i..i + 1 }).collect();
            let sequence = Sequence::phrase(Stream::Exact, &phrase.iter().map(letter).collect::<Vec<_>>(), slop);
            let mut ways: Vec<Vec<i64>> = vec![vec![]];
            for (i, word) in phrase.iter().enumerate() {
                let places = text.iter().enumerate().filter(|(_, w)| *w == word).map(|(p, _)| p as i64 - i as i64);
                let places: Vec<i64> = places.collect();
                ways = ways.iter().flat_map(|way| places.iter().map(move |p| [&way[..], &[*p]].concat())).collect();
            }
            let is_distinct = |way: &Vec<i64>| (0..).zip(way).map(|(i, p): (i64, _)| i + p).collect::<BTreeSet<_>>().len() == way.len();
            let fits = |way: &Vec<i64>| is_distinct(way) && way.iter().max().zip(way.iter().min()).is_some_and(|(max, min)| max - min <= i64::from(slop));
            prop_assert_eq!(!find(&sequence, &stream).is_empty(), ways.iter().any(fits));
        }
    }
}
