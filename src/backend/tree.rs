//! The tree of scored parts that a backend evaluates.

use super::{Bm25, Terms};
use crate::query::{Days, MatchKind, Sequence};

/// What an entry must match.
#[derive(Debug)]
pub enum Tree {
    /// All of them. The parts only add to the score.
    All(Vec<Tree>, Vec<Part>),
    /// At least a number of them. The parts only add to the score.
    Any(usize, Vec<Tree>, Vec<Part>),
    /// Everything else.
    Not(Box<Tree>),
    /// Any of the first parts. The others only add to the score.
    Words(Vec<Part>, Vec<Part>),
    /// What passes, without a score.
    Filter(Filter),
}

/// A part of a score.
#[derive(Debug)]
pub struct Part {
    /// The words of the query that it is for.
    pub words: String,
    /// How they match.
    pub how: MatchKind,
    /// What it scores.
    pub score: Scored,
    /// An upper bound of the number of entries that match.
    pub frequency: usize,
}

/// What matches, and its score in thousandths.
#[derive(Debug)]
pub enum Scored {
    /// Entries with a sequence; [`Bm25`] of how often.
    Sequence {
        /// The sequence.
        sequence: Sequence,
        /// Its slots, looked up.
        slots: Vec<Terms>,
        /// The score.
        bm25: Box<Bm25>,
    },
    /// Entries with both words; [`nearness`](super::nearness) of their positions.
    Near {
        /// The word that was typed first, and the one behind it.
        words: [Terms; 2],
        /// The score where they stand side by side in this order.
        weight: f32,
    },
}

/// A condition without a score.
#[derive(Debug, Clone)]
pub enum Filter {
    /// One of the values of a field, looked up.
    Values(Terms),
    /// One of some spans of days.
    Days {
        /// The spans.
        days: Vec<Days>,
        /// Whether the day of the digest counts, not that of the entry.
        of_digests: bool,
    },
}

impl Filter {
    /// Returns an upper bound of the number of entries that pass.
    pub fn frequency(&self) -> usize {
        match self {
            Self::Values(terms) => usize::try_from(terms.frequency).unwrap_or(usize::MAX),
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

    /// Appends the sequences that make an entry match, to be marked in it.
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
