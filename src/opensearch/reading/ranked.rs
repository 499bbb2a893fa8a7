//! Hits before their entries are read.

use super::snapshot::ClusterSnapshot;
use crate::backend::{Error, UnmarkedHit};
use crate::opensearch::document::Shown;
use crate::query::Reason;

/// A hit before its entry is read.
pub struct Ranked {
    pub number: u64,
    pub score: u32,
    pub copies: usize,
    pub copy_ids: Vec<String>,
    pub reasons: Vec<Reason>,
    pub shown: Shown,
}

impl ClusterSnapshot {
    /// Returns a hit with its entry.
    pub(super) fn unmarked(&self, ranked: Ranked) -> Result<UnmarkedHit, Error> {
        let Ranked { number, score, copies, copy_ids, reasons, shown } = ranked;
        Ok(UnmarkedHit { entry: self.entry(shown)?, number, score, copies, copy_ids, reasons })
    }
}
