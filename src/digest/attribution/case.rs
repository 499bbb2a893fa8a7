//! Input and verdicts of the attribution.

use super::doubt::Doubt;
use super::evidence::Evidence;
use crate::digest::Digest;
use crate::model::Attribution;

/// Verdict on a source line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Perspective, and the evidence for it.
    Known(usize, Attribution),
    /// Missing or contradictory evidence.
    Unknown(Option<Doubt>),
}

/// A digest and the evidence for its attribution.
pub struct Case<'a> {
    pub digest: &'a Digest,
    pub evidence: &'a Evidence<'a>,
    /// For each perspective, the one that the settings merge it into.
    pub merged: &'a [usize],
}

impl Case<'_> {
    /// Reports whether two perspectives are the same, or merged by the settings.
    pub fn is_same(&self, a: usize, b: usize) -> bool {
        self.merged[a] == self.merged[b]
    }
}
