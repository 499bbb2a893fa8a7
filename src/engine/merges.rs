//! Which segments become one: those that Tantivy would choose, as long as they are what was written.
//!
//! What comes of a merge is noted as it is written, so damage in what goes into it could not be told any more. Segments of
//! earlier commits are merged behind the next commit, so that on a disk that is nearly full the merge does not take the
//! place that the commit needs.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::merge_policy::{LogMergePolicy, MergeCandidate, MergePolicy};

use super::sums;

#[derive(Debug)]
pub struct SoundMerges {
    generation: PathBuf,
    /// Segments of earlier runs. What this one has just written is not read again.
    earlier: HashSet<SegmentId>,
    damaged: Arc<AtomicBool>,
    /// Whether the commit has been begun.
    committing: Arc<AtomicBool>,
    choice: LogMergePolicy,
}

impl SoundMerges {
    /// Tells `damaged` where it finds a segment that is not as it was written. Lets earlier segments alone until
    /// `committing`.
    pub fn new(
        generation: PathBuf,
        earlier: HashSet<SegmentId>,
        damaged: Arc<AtomicBool>,
        committing: Arc<AtomicBool>,
    ) -> Self {
        Self { generation, earlier, damaged, committing, choice: LogMergePolicy::default() }
    }

    fn is_sound(&self, segment: &SegmentId) -> bool {
        if !self.earlier.contains(segment) {
            return true;
        }
        let is_sound = sums::is_sound(&self.generation, segment, &[]);
        // What can't be read now may be whole: a later run can still make one segment of it.
        self.damaged.fetch_or(is_sound.as_ref().is_ok_and(|is_sound| !is_sound), Ordering::Relaxed);
        is_sound.unwrap_or_default()
    }
}

impl MergePolicy for SoundMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.choice.compute_merge_candidates(segments);
        if !self.committing.load(Ordering::Relaxed) {
            let is_new = |segment: &SegmentId| !self.earlier.contains(segment);
            candidates.retain(|MergeCandidate(segments)| segments.iter().all(is_new));
        }
        candidates.retain(|MergeCandidate(segments)| segments.iter().all(|segment| self.is_sound(segment)));
        candidates
    }
}
