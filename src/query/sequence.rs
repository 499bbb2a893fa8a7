//! Terms at given distances, and where they are in a text: what the engine looks up, and what is marked in a hit.

use std::collections::BTreeSet;
use std::ops::Range;

/// A stream of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// An entry's words, folded.
    Exact,
    /// Their stems, and pairs of Chinese and Japanese characters.
    Stem,
    /// The words of its source's names, folded.
    Source,
}

/// Terms that must stand in a stream, each at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The stream.
    pub stream: Stream,
    /// The terms in order; at least one slot.
    pub slots: Vec<Slot>,
    /// How far they may be moved against each other: positions p match places i where
    /// max(p − i) − min(p − i) is no more. No two slots have one position: a word that is asked for twice must be there
    /// twice.
    pub slop: u32,
}

/// A place of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The place.
    pub at: u32,
    /// What may stand there; nothing where the index has no such word.
    pub terms: BTreeSet<String>,
}

impl Sequence {
    /// One word.
    pub fn word(stream: Stream, terms: BTreeSet<String>) -> Self {
        Self { stream, slots: vec![Slot { at: 0, terms }], slop: 0 }
    }

    /// Words side by side, each one term.
    pub fn phrase<'a>(stream: Stream, terms: impl IntoIterator<Item = &'a String>, slop: u32) -> Self {
        let slots = (0..).zip(terms).map(|(at, term)| Slot { at, terms: BTreeSet::from([term.clone()]) });
        Self { stream, slots: slots.collect(), slop }
    }

    /// The bytes that match, given the positions of each slot's terms in order and the bytes of each position.
    pub fn find(&self, positions: &[Vec<u32>], spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.matches(positions, |at| {
            let mut at = at.to_vec();
            at.sort_unstable();
            // Words that were moved apart are marked one by one, without what stands between them.
            let parts = at.chunk_by(|a, b| self.slop == 0 || a + 1 == *b);
            found.extend(parts.map(|part| span(spans, part)));
        });
        found
    }

    /// The slots that have the same terms as one before, each with the last such one. Without slop they can't meet.
    fn repeats(&self) -> Vec<(usize, usize)> {
        let slots = if self.slop == 0 { &[][..] } else { &self.slots };
        let before = |second: usize| slots[..second].iter().rposition(|slot| slot.terms == slots[second].terms);
        (0..slots.len()).filter_map(|second| Some((before(second)?, second))).collect()
    }

    /// How many matches there are, given the positions of each slot's terms in order.
    pub fn count(&self, positions: &[Vec<u32>]) -> u32 {
        let mut count = 0;
        match (self.slop, &self.slots[..], positions) {
            (0, [first, rest @ ..], [starts, positions @ ..]) => {
                let stands = |start: &u32, slot: &Slot, positions: &Vec<u32>| {
                    positions.binary_search(&(start + (slot.at - first.at))).is_ok()
                };
                let is_match = |start: &&u32| rest.iter().zip(positions).all(|(slot, at)| stands(start, slot, at));
                count = starts.iter().filter(is_match).count() as u32;
            }
            _ => self.matches(positions, |_| count += 1),
        }
        count
    }

    /// Calls `found` for each match, with a position for each slot, given the positions of each slot's terms in order.
    ///
    /// Always moves on with the slot that is furthest behind, so that every smallest match is met; but first with one
    /// that is not yet behind the slot before it with the same terms. (If they match in another order, they match in
    /// this one, too.)
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

/// The bytes of tokens in order.
fn span(spans: &[Range<usize>], positions: &[u32]) -> Range<usize> {
    let spans = positions.iter().map(|&position| &spans[position as usize]);
    let end = spans.clone().map(|span| span.end).max();
    spans.map(|span| span.start).min().unwrap_or_default()..end.unwrap_or_default()
}

/// Ranges in order, those that overlap made one.
pub fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
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
        let found = apart(find(&Sequence::phrase(Stream::Exact, &terms, slop), &tokens(text)));
        let got: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, expect, "{text}: {words}~{slop}");
    }

    #[test]
    fn words_in_order_and_moved() {
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
        fn finds_what_trying_all_positions_finds(
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
            let is_apart = |way: &Vec<i64>| (0..).zip(way).map(|(i, p): (i64, _)| i + p).collect::<BTreeSet<_>>().len() == way.len();
            let fits = |way: &Vec<i64>| is_apart(way) && way.iter().max().zip(way.iter().min()).is_some_and(|(max, min)| max - min <= i64::from(slop));
            prop_assert_eq!(!find(&sequence, &stream).is_empty(), ways.iter().any(fits));
        }
    }
}
