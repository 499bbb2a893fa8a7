//! The query tree, which a backend evaluates.

use super::{Bm25, Terms};
use crate::query::{Days, MatchKind, Sequence};

/// A query tree.
#[derive(Debug)]
pub enum Tree {
    /// A conjunction. The parts only add to the score.
    All(Vec<Tree>, Vec<Part>),
    /// At least a number of the trees. The parts only add to the score.
    Any(usize, Vec<Tree>, Vec<Part>),
    /// A negation.
    Not(Box<Tree>),
    /// Any of the first parts. The others only add to the score.
    Words(Vec<Part>, Vec<Part>),
    /// A filter, without a score.
    Filter(Filter),
}

/// A part of a score.
#[derive(Debug)]
pub struct Part {
    /// The words of the query.
    pub words: String,
    /// The kind of match.
    pub how: MatchKind,
    /// The scorer.
    pub score: Scored,
    /// An upper bound of the number of entries that match.
    pub frequency: usize,
}

/// A scorer, in thousandths.
#[derive(Debug)]
pub enum Scored {
    /// Entries with a sequence, scored by [`Bm25`] of its frequency.
    Sequence {
        /// The sequence.
        sequence: Sequence,
        /// The terms of its slots.
        slots: Vec<Terms>,
        /// The score.
        bm25: Box<Bm25>,
    },
    /// Entries with two words, scored by the [`nearness`](super::nearness) of their positions.
    Near {
        /// The words in the order of the query.
        words: [Terms; 2],
        /// The score of adjacent words in this order.
        weight: f32,
    },
}

/// A condition without a score.
#[derive(Debug, Clone)]
pub enum Filter {
    /// Any of some values of a field.
    Values(Vec<Terms>),
    /// One of some date ranges.
    Days {
        /// The ranges.
        days: Vec<Days>,
        /// Whether to compare the date of the digest, not of the entry.
        of_digests: bool,
    },
}

impl Filter {
    /// Returns an upper bound of the number of entries that pass.
    pub fn frequency(&self) -> usize {
        match self {
            Self::Values(values) => {
                let frequency = |terms: &Terms| usize::try_from(terms.frequency).unwrap_or(usize::MAX);
                values.iter().map(frequency).fold(0, usize::saturating_add)
            }
            Self::Days { .. } => usize::MAX,
        }
    }
}

impl Tree {
    /// Returns an upper bound of the number of entries that match.
    pub fn frequency(&self) -> usize {
        match self {
            Self::All(trees, _) => trees.iter().map(Self::frequency).min().unwrap_or(usize::MAX),
            Self::Any(_, trees, _) => trees.iter().map(Self::frequency).fold(0, usize::saturating_add),
            Self::Not(_) => usize::MAX,
            Self::Words(ways, _) => ways.iter().map(|way| way.frequency).fold(0, usize::saturating_add),
            Self::Filter(filter) => filter.frequency(),
        }
    }

    /// Appends the sequences that make an entry match, for highlighting.
    pub fn sequences<'a>(&'a self, out: &mut Vec<&'a Sequence>) {
        match self {
            Self::All(trees, _) | Self::Any(_, trees, _) => trees.iter().for_each(|tree| tree.sequences(out)),
            Self::Words(ways, _) => out.extend(ways.iter().filter_map(|part| match &part.score {
                Scored::Sequence { sequence, .. } => Some(sequence),
                Scored::Near { .. } => None,
            })),
            Self::Not(_) | Self::Filter(_) => {}
        }
    }
}
