//! Hits before their entries are read, and the parts of their scores.

use serde_json::Value;

use super::snapshot::ClusterSnapshot;
use crate::backend::{Error, Part, UnmarkedHit, shown};
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

/// Returns the parts of a score, in the order of the tree.
pub fn reasons(matched: &Value, named: &[&Part]) -> Vec<Reason> {
    let of_part = |(at, part): (usize, &&Part)| {
        let score = matched[at.to_string()].as_f64()?.round() as u32;
        (score > 0).then(|| Reason { words: part.words.clone(), how: part.how, score: shown(score) })
    };
    named.iter().enumerate().filter_map(of_part).collect()
}
