//! A query whose look-ups are asked for and not yet answered.

use super::expand::Way;
use super::names::FilterDraft;
use crate::query::{Node, Words};

/// A tree that names its look-ups by their places among the questions.
pub enum Draft<'a> {
    All(Vec<Draft<'a>>, Vec<Near>),
    Any(usize, Vec<Draft<'a>>, Vec<Near>),
    Not(Box<Draft<'a>>),
    Words { node: &'a Node, words: &'a Words, ways: Vec<Sought>, also: Vec<Sought> },
    Filter(&'a Node, FilterDraft),
}

/// A way to match words, and the place of its first slot among the questions.
pub struct Sought {
    pub way: Way,
    pub first: usize,
}

/// Two neighbours, by the places of their stems among the questions.
pub struct Near {
    pub typed: String,
    pub words: [usize; 2],
}
