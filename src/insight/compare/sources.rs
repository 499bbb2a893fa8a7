//! Whether a term would be one of a group with other sources: whole sources are reassigned to the two sides.

use std::collections::{BTreeMap, BTreeSet};

use super::partition::Partition;
use crate::statistics::some_of;

/// With fewer sources on a side too few arrangements are possible.
pub const MIN_REASSIGNED: usize = 6;

/// Returns how many sources have texts.
pub fn count(entries: &[usize], partition: &Partition) -> usize {
    entries.iter().filter_map(|entry| partition.source(*entry)).collect::<BTreeSet<_>>().len()
}

/// Returns the probability that a group of as many sources, drawn at random from those of all groups, has as much more, or
/// less, of a term as this one. None where a side has fewer than [`MIN_REASSIGNED`]. Takes the texts with the term and all
/// texts, by group. As between periods, a source with n texts of which y have the term has the score y − n·Σy/Σn.
pub fn reassigned(with: &[Vec<usize>], all: &[Vec<usize>], group: usize, partition: &Partition) -> Option<f64> {
    // Texts with the term and all texts, by side and source.
    let mut sources: BTreeMap<(bool, &str), (f64, f64)> = BTreeMap::new();
    for (at, (with, all)) in with.iter().zip(all).enumerate() {
        for (entry, source) in all.iter().filter_map(|entry| Some((entry, partition.source(*entry)?))) {
            let (y, n) = sources.entry((at == group, source)).or_default();
            *y += f64::from(u8::from(with.binary_search(entry).is_ok()));
            *n += 1.0;
        }
    }
    let here = sources.keys().filter(|(is_here, _)| *is_here).count();
    if here.min(sources.len() - here) < MIN_REASSIGNED {
        return None;
    }
    let (y, n) = sources.values().fold((0.0, 0.0), |sums, (y, n)| (sums.0 + y, sums.1 + n));
    let score = |(y_of, n_of): &(f64, f64)| y_of - n_of * y / n;
    let scores: Vec<f64> = sources.values().map(score).collect();
    let seen = sources.iter().filter(|((is_here, _), _)| *is_here).map(|(_, source)| score(source)).sum();
    let (high, low) = some_of(&scores, here, seen)?;
    Some((2.0 * high.min(low)).min(1.0))
}
