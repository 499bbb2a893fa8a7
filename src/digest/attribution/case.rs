//! A digest whose titles are to be attributed, and what is known of its lines.

use super::doubt::Doubt;
use super::evidence::Evidence;
use crate::digest::Digest;
use crate::model::Attribution;

/// What is known of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Known(usize, Attribution),
    /// Nothing says it, or what says it disagrees.
    Open(Option<Doubt>),
}

/// A digest whose titles are to be attributed.
pub struct Case<'a> {
    pub digest: &'a Digest,
    pub evidence: &'a Evidence<'a>,
    /// The perspective that the corpus makes of each.
    pub merged: &'a [usize],
}

impl Case<'_> {
    /// Whether two perspectives are the same or are made one by the corpus.
    pub fn is_same(&self, a: usize, b: usize) -> bool {
        self.merged[a] == self.merged[b]
    }
}
