//! How it went over time, and what must be known to read it.

use super::sampled;
use crate::insight::{TrendRequest, TrendResponse};

/// How it went over time.
pub struct TrendAnswer {
    /// What was asked.
    pub request: TrendRequest,
    /// How it went.
    pub response: TrendResponse,
}

impl TrendAnswer {
    /// What must be known to read it rightly.
    pub fn caveats(&self) -> Vec<String> {
        let TrendResponse { kind, sides, .. } = &self.response;
        let Some(kind) = kind else { return Vec::new() };
        let mut caveats = sampled::caveats(*kind, sides.iter().map(|side| &side.all));
        caveats.push("days are those of digests; where there was none, nothing is known, which is not zero".to_owned());
        if !self.request.selection.is_scored() {
            if sides.iter().any(|side| side.words.as_ref().is_some_and(|words| !words.enough)) {
                caveats.push("too few digests to tell what rises and falls from chance".to_owned());
            }
        } else if sides.iter().any(|side| side.bursts.is_none()) {
            caveats.push("what is most of a sample has no bursts".to_owned());
        }
        caveats
    }
}
