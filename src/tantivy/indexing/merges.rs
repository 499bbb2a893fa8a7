//! Which segments become one: those that Tantivy would choose, as long as they are what was written.
//!
//! What comes of a merge is noted as it is written, so damage in what goes into it could not be told any more. Segments of
//! earlier commits are merged behind the next commit, so that on a disk that is nearly full the merge does not take the
//! place that the commit needs. And what is merged at a time is bounded, since it is mapped into memory.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::merge_policy::{LogMergePolicy, MergeCandidate, MergePolicy};

use crate::tantivy::storage::checksums;

/// Segments are merged as long as they have so many bytes together. All of them are mapped into memory meanwhile.
const MAX_BYTES: u64 = 128 << 20;

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

    /// Bytes of all files of each segment.
    fn bytes(&self) -> HashMap<String, u64> {
        let mut bytes = HashMap::new();
        for entry in fs::read_dir(&self.generation).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let segment = name.split('.').next().unwrap_or_default().to_owned();
            *bytes.entry(segment).or_default() += entry.metadata().map_or(0, |metadata| metadata.len());
        }
        bytes
    }

    fn is_sound(&self, segment: &SegmentId) -> bool {
        if !self.earlier.contains(segment) {
            return true;
        }
        let is_sound = checksums::is_sound(&self.generation, segment, &[]);
        // What can't be read now may be whole: a later run can still make one segment of it.
        self.damaged.fetch_or(is_sound.as_ref().is_ok_and(|is_sound| !is_sound), Ordering::Relaxed);
        is_sound.unwrap_or_default()
    }
}

/// The smallest of some segments, as many as may be merged at a time.
fn together(segments: &[SegmentId], bytes: impl Fn(&SegmentId) -> u64) -> Vec<SegmentId> {
    let mut smallest = segments.to_vec();
    smallest.sort_by_key(|segment| (bytes(segment), *segment));
    let mut left = MAX_BYTES;
    let fits = |segment: &SegmentId| match left.checked_sub(bytes(segment)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    smallest.into_iter().take_while(fits).collect()
}

impl MergePolicy for SoundMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.choice.compute_merge_candidates(segments);
        if !self.committing.load(Ordering::Relaxed) {
            let is_new = |segment: &SegmentId| !self.earlier.contains(segment);
            candidates.retain(|MergeCandidate(segments)| segments.iter().all(is_new));
        }
        if candidates.is_empty() {
            return candidates;
        }
        let bytes = self.bytes();
        let bytes = |segment: &SegmentId| bytes.get(&segment.uuid_string()).copied().unwrap_or(u64::MAX);
        candidates.iter_mut().for_each(|MergeCandidate(segments)| *segments = together(segments, bytes));
        candidates.retain(|MergeCandidate(segments)| {
            segments.len() > 1 && segments.iter().all(|segment| self.is_sound(segment))
        });
        candidates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_merged_at_a_time_is_bounded() {
        let segments: Vec<SegmentId> = (0..9).map(|_| SegmentId::generate_random()).collect();
        let of = |sizes: &[u64]| {
            let bytes = |segment: &SegmentId| sizes[segments.iter().position(|known| known == segment).expect("known")];
            together(&segments[..sizes.len()], bytes).len()
        };
        let mb = 1 << 20;
        assert_eq!(of(&[mb; 9]), 9, "indexes as they are");
        assert_eq!(of(&[100 * mb, 60 * mb, 50 * mb, 10 * mb]), 3, "the smallest");
        assert_eq!(of(&[100 * mb; 9]), 1, "too large by now");
        assert_eq!(of(&[0, u64::MAX]), 1);
    }
}
