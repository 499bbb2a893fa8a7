//! The merge policy: Tantivy's default, restricted to undamaged segments.
//!
//! The checksum of a merged segment is taken as it is written, so damage in its sources would go unnoticed afterwards.
//! Segments of earlier commits are merged only after the next commit, so that on a nearly full disk the merge does not
//! take the space that the commit needs. The size of a merge is bounded, since its segments are mapped into memory.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::merge_policy::{LogMergePolicy, MergeCandidate, MergePolicy};

use crate::tantivy::storage::checksums;

/// Maximum total size of merged segments, all of which are mapped into memory.
const MAX_BYTES: u64 = 128 << 20;

#[derive(Debug)]
pub struct VerifiedMerges {
    generation: PathBuf,
    /// Segments of earlier runs; those of this run are not verified again.
    earlier: HashSet<SegmentId>,
    damaged: Arc<AtomicBool>,
    /// Whether the commit has started.
    committing: Arc<AtomicBool>,
    choice: LogMergePolicy,
}

impl VerifiedMerges {
    /// Returns a policy that sets `damaged` on a damaged segment, and ignores earlier segments until `committing`.
    pub fn new(
        generation: PathBuf,
        earlier: HashSet<SegmentId>,
        damaged: Arc<AtomicBool>,
        committing: Arc<AtomicBool>,
    ) -> Self {
        Self { generation, earlier, damaged, committing, choice: LogMergePolicy::default() }
    }

    /// Returns the total file size of each segment.
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
        // An unreadable segment may be sound: a later run can merge it.
        self.damaged.fetch_or(is_sound.as_ref().is_ok_and(|is_sound| !is_sound), Ordering::Relaxed);
        is_sound.unwrap_or_default()
    }
}

/// Returns the smallest segments that fit the limit.
fn smallest_within_limit(segments: &[SegmentId], bytes: impl Fn(&SegmentId) -> u64) -> Vec<SegmentId> {
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

impl MergePolicy for VerifiedMerges {
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
        candidates.iter_mut().for_each(|MergeCandidate(segments)| *segments = smallest_within_limit(segments, bytes));
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
    fn the_size_of_a_merge_is_limited() {
        let segments: Vec<SegmentId> = (0..9).map(|_| SegmentId::generate_random()).collect();
        let of = |sizes: &[u64]| {
            let bytes = |segment: &SegmentId| sizes[segments.iter().position(|known| known == segment).expect("known")];
            smallest_within_limit(&segments[..sizes.len()], bytes).len()
        };
        let mb = 1 << 20;
        assert_eq!(of(&[mb; 9]), 9, "typical indexes");
        assert_eq!(of(&[100 * mb, 60 * mb, 50 * mb, 10 * mb]), 3, "the smallest");
        assert_eq!(of(&[100 * mb; 9]), 1, "too large");
        assert_eq!(of(&[0, u64::MAX]), 1);
    }
}
