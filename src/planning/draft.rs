//! A draft of a query tree, with lookups that are collected but not yet answered.

use super::expand::Way;
use super::names::FilterDraft;
use crate::query::{Node, Words};

/// A query tree with indices of lookups in place of their results.
pub enum Draft<'a> {
    All(Vec<Draft<'a>>, Vec<Near>),
    Any(usize, Vec<Draft<'a>>, Vec<Near>),
    Not(Box<Draft<'a>>),
    Words { node: &'a Node, words: &'a Words, ways: Vec<WayDraft>, also: Vec<WayDraft> },
    Filter(&'a Node, FilterDraft),
}

/// A way to match words, and the index of the lookup of its first slot.
pub struct WayDraft {
    pub way: Way,
    pub first: usize,
}

/// Two adjacent words, by the indices of the lookups of their stems.
pub struct Near {
    pub typed: String,
    pub words: [usize; 2],
}
