//! What words stand for: terms at given distances, each slot any of several terms, scored as one; and the nearness of two
//! words.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocId, Score};

use super::terms::{Places, Terms};
use super::{Found, List, Segment};
use crate::engine::bm25::{Bm25, rounded};
use crate::query::Sequence;

/// What to look for and how to score it.
pub enum Scored {
    /// Units with the sequence.
    Sequence {
        /// Where.
        field: Field,
        /// What.
        sequence: Sequence,
        /// Its slots, looked up.
        slots: Vec<Found>,
        /// What occurrences are worth.
        bm25: Box<Bm25>,
    },
    /// Units with both words, the better the nearer they stand.
    Near {
        /// The word that was typed first, and the one behind it.
        words: [Found; 2],
        /// What it is worth when they stand side by side in this order.
        weight: Score,
    },
}

impl Scored {
    /// No score is greater.
    pub fn most(&self) -> u32 {
        match self {
            Self::Sequence { bm25, .. } => bm25.most(),
            Self::Near { weight, .. } => rounded(*weight),
        }
    }

    /// Whether it is one word.
    pub fn is_word(&self) -> bool {
        matches!(self, Self::Sequence { slots, .. } if slots.len() == 1)
    }

    /// The units of a segment that match; their numbers are scores, where these are asked for.
    pub fn list(&self, segment: &Segment, within: Option<&[DocId]>, scored: bool) -> tantivy::Result<List> {
        match self {
            Self::Sequence { field, sequence, slots, bm25 } => {
                let slots: Vec<&Terms> = slots.iter().map(|slot| slot.within(segment)).collect();
                let mut list = match &slots[..] {
                    [word] => word.list(within, scored)?,
                    slots => placed(slots, within, |places| sequence.count(places))?,
                };
                if scored {
                    score(&mut list, bm25, &segment.reader.get_fieldnorms_reader(*field)?);
                } else {
                    list.numbers.clear();
                }
                Ok(list)
            }
            Self::Near { words, weight } => {
                let words = words.each_ref().map(|word| word.within(segment));
                placed(&words, within, |places| nearness(places, *weight))
            }
        }
    }
}

/// The units that have all slots, with a number that comes of where these stand; without those for which it is 0.
fn placed(slots: &[&Terms], within: Option<&[DocId]>, number: impl Fn(&[Vec<u32>]) -> u32) -> tantivy::Result<List> {
    let mut rarest_first = slots.to_vec();
    rarest_first.sort_by_key(|slot| slot.frequency());
    let mut docs: Option<Vec<DocId>> = None;
    for slot in rarest_first {
        docs = Some(slot.list(docs.as_deref().or(within), false)?.docs);
    }
    let mut readers = slots.iter().map(|slot| slot.places()).collect::<tantivy::Result<Vec<Places>>>()?;
    let mut places = vec![Vec::new(); slots.len()];
    let mut list = List::default();
    for doc in docs.unwrap_or_default() {
        readers.iter_mut().zip(&mut places).for_each(|(reader, places)| reader.read(doc, places));
        let number = number(&places);
        if number > 0 {
            list.docs.push(doc);
            list.numbers.push(number);
        }
    }
    Ok(list)
}

/// Makes scores of how often units have something.
fn score(list: &mut List, bm25: &Bm25, lengths: &FieldNormReader) {
    /// No score.
    const OPEN: u32 = u32::MAX;
    // Most often it is once, in a unit of one of few lengths.
    let mut once = [OPEN; 256];
    for (doc, number) in list.docs.iter().zip(&mut list.numbers) {
        let length = lengths.fieldnorm_id(*doc);
        if *number != 1 {
            *number = bm25.score(length, *number);
            continue;
        }
        let known = &mut once[usize::from(length)];
        if *known == OPEN {
            *known = bm25.score(length, 1);
        }
        *number = *known;
    }
}

/// The weight by the distance of two words: 1 for the second right behind the first, one more in the other order.
fn nearness(places: &[Vec<u32>], weight: Score) -> u32 {
    let [first, second] = places else { return 0 };
    let mut nearest = u32::MAX;
    let mut behind = 0;
    for &a in first {
        while behind < second.len() && second[behind] <= a {
            behind += 1;
        }
        let after = second.get(behind).map_or(u32::MAX, |b| b - a);
        let before = second[..behind].iter().rev().find(|b| **b < a).map_or(u32::MAX, |b| a - b + 1);
        nearest = nearest.min(after).min(before);
    }
    if nearest == u32::MAX { 0 } else { rounded(weight / nearest as Score) }
}
