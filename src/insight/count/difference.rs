//! Differences of shares.

use std::collections::BTreeMap;

use super::sampled::Sampled;
use crate::statistics::Difference;

/// The difference of the shares of two groups.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareDifference {
    /// The places of the groups: the share of the first less that of the second.
    pub of: [usize; 2],
    /// The difference.
    pub difference: Difference,
}

/// Returns the difference of each pair of groups that were sampled.
pub fn differences(groups: &[&Sampled]) -> Vec<ShareDifference> {
    let pairs = (0..groups.len()).flat_map(|a| (a + 1..groups.len()).map(move |b| [a, b]));
    pairs.filter_map(|of| Some(ShareDifference { of, difference: difference(of.map(|at| groups[at]))? })).collect()
}

fn difference(groups: [&Sampled; 2]) -> Option<Difference> {
    // Entries of several kinds have no share.
    if groups.iter().any(|group| group.share.is_none()) {
        return None;
    }
    let mut digests: BTreeMap<i32, [f64; 4]> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for &(day, found, sampled) in &group.digests {
            let counts = digests.entry(day).or_default();
            counts[2 * at] += found as f64;
            counts[2 * at + 1] += sampled as f64;
        }
    }
    Difference::of(&digests.into_iter().collect::<Vec<_>>())
}
