//! Two queries that Tantivy has not: terms at given distances, each slot any of several terms, scored as one; and the
//! nearness of two words.

use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::bm25::{Bm25, rounded};
use super::postings::Merged;
use crate::query::{Sequence, Slot};

/// What to look for and how to score it.
#[derive(Clone)]
pub enum Scored {
    /// Units with the sequence.
    Sequence {
        /// Where.
        field: Field,
        /// What.
        sequence: Arc<Sequence>,
        /// What occurrences are worth.
        bm25: Arc<Bm25>,
    },
    /// Units with both words of the field, the better the nearer they stand.
    Near {
        /// Where.
        field: Field,
        /// The word that was typed first, and the one behind it.
        words: Arc<[Slot; 2]>,
        /// What it is worth when they stand side by side in this order.
        weight: Score,
    },
}

impl fmt::Debug for Scored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sequence { sequence, .. } => sequence.fmt(f),
            Self::Near { words, .. } => words.fmt(f),
        }
    }
}

impl Query for Scored {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Scored {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        debug_assert!(boost == 1.0, "weights are part of the scores, which would not be whole steps");
        let found: Option<Box<dyn Scorer>> = match self {
            Self::Sequence { field, sequence, bm25 } => {
                let option = match sequence.slots.len() {
                    1 => IndexRecordOption::WithFreqs,
                    _ => IndexRecordOption::WithFreqsAndPositions,
                };
                let Some(slots) = Slots::open(segment, *field, &sequence.slots, option)? else {
                    return Ok(Box::new(EmptyScorer));
                };
                let lengths = segment.get_fieldnorms_reader(*field)?;
                let mut scorer =
                    SequenceScorer { slots, sequence: sequence.clone(), bm25: bm25.clone(), lengths, count: 0 };
                scorer.settle();
                Some(Box::new(scorer))
            }
            Self::Near { field, words, weight } => {
                let option = IndexRecordOption::WithFreqsAndPositions;
                Slots::open(segment, *field, &words[..], option)?
                    .map(|slots| Box::new(NearScorer { slots, weight: *weight }) as Box<dyn Scorer>)
            }
        };
        Ok(found.unwrap_or_else(|| Box::new(EmptyScorer)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let matches = scorer.doc() <= doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("occurrences", if matches { scorer.score() } else { 0.0 }))
    }
}

/// Documents that have a term of every slot.
struct Slots {
    slots: Vec<Merged>,
    /// The positions of each slot's terms in the current document, where they were asked for.
    positions: Vec<Vec<u32>>,
}

impl Slots {
    fn open(
        segment: &SegmentReader,
        field: Field,
        slots: &[Slot],
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Self>> {
        let mut open = Vec::with_capacity(slots.len());
        for slot in slots {
            let Some(merged) = Merged::open(segment, field, &slot.terms, option)? else { return Ok(None) };
            open.push(merged);
        }
        let mut slots = Self { positions: vec![Vec::new(); open.len()], slots: open };
        slots.align(0);
        Ok(Some(slots))
    }

    /// To the first document from `target` on that all slots have.
    fn align(&mut self, mut target: DocId) -> DocId {
        let mut i = 0;
        let mut agreed = 0;
        while agreed < self.slots.len() && target != TERMINATED {
            let doc = self.slots[i].seek(target);
            agreed = if doc == target { agreed + 1 } else { 1 };
            target = doc;
            i = (i + 1) % self.slots.len();
        }
        if target == TERMINATED {
            self.slots[0].seek(TERMINATED);
        }
        target
    }

    fn doc(&self) -> DocId {
        self.slots[0].doc()
    }

    fn advance(&mut self) -> DocId {
        match self.slots[0].advance() {
            doc if self.slots.len() == 1 => doc,
            doc => self.align(doc),
        }
    }

    fn read_positions(&mut self) -> &[Vec<u32>] {
        for (slot, positions) in self.slots.iter_mut().zip(&mut self.positions) {
            slot.positions(positions);
        }
        &self.positions
    }

    /// The rarest slot's size.
    fn size_hint(&self) -> u32 {
        self.slots.iter().map(DocSet::size_hint).min().unwrap_or_default()
    }
}

struct SequenceScorer {
    slots: Slots,
    sequence: Arc<Sequence>,
    bm25: Arc<Bm25>,
    lengths: FieldNormReader,
    /// How often the sequence is in the current document; not looked up for single words until it is needed.
    count: u32,
}

impl SequenceScorer {
    /// Moves on to a document where the distances are right, too.
    fn settle(&mut self) -> DocId {
        if self.sequence.slots.len() == 1 {
            return self.slots.doc();
        }
        while self.slots.doc() != TERMINATED {
            let mut count = 0;
            self.sequence.matches(self.slots.read_positions(), |_| count += 1);
            if count > 0 {
                self.count = count;
                break;
            }
            self.slots.advance();
        }
        self.slots.doc()
    }
}

impl Scorer for SequenceScorer {
    fn score(&mut self) -> Score {
        let count = if self.sequence.slots.len() == 1 { self.slots.slots[0].count() } else { self.count };
        self.bm25.score(self.lengths.fieldnorm_id(self.slots.doc()), count)
    }
}

impl DocSet for SequenceScorer {
    fn advance(&mut self) -> DocId {
        self.slots.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc() {
            return self.doc();
        }
        self.slots.align(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.slots.doc()
    }

    fn size_hint(&self) -> u32 {
        self.slots.size_hint()
    }
}

struct NearScorer {
    slots: Slots,
    weight: Score,
}

impl Scorer for NearScorer {
    /// The weight by the distance: 1 for the second word right behind the first, one more in the other order.
    fn score(&mut self) -> Score {
        let [first, second] = self.slots.read_positions() else { return 0.0 };
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
        if nearest == u32::MAX { 0.0 } else { rounded(self.weight / nearest as Score) }
    }
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        self.slots.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc() { self.doc() } else { self.slots.align(target) }
    }

    fn doc(&self) -> DocId {
        self.slots.doc()
    }

    fn size_hint(&self) -> u32 {
        self.slots.size_hint()
    }
}
