//! Whether a term would be one of a group with other sources: whole sources are reassigned to the two sides.

use std::collections::{BTreeMap, BTreeSet};

use super::SharedSources;
use super::partition::Partition;
use crate::statistics::{self, SourceCounts};

/// With fewer sources on a side too few arrangements are possible.
pub const MIN_REASSIGNED: usize = 6;

/// Returns how many sources have texts.
pub fn count<'a>(entries: impl IntoIterator<Item = &'a usize>, partition: &Partition) -> usize {
    entries.into_iter().filter_map(|entry| partition.source(*entry)).collect::<BTreeSet<_>>().len()
}

/// Returns the sources of several groups, and how many entries each group has of them; none without any.
pub fn shared(partition: &Partition) -> Option<SharedSources> {
    let mut groups: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (group, entries) in partition.found.iter().enumerate() {
        for source in entries.iter().filter_map(|entry| partition.source(*entry)) {
            groups.entry(source).or_default().insert(group);
        }
    }
    groups.retain(|_, groups| groups.len() > 1);
    let is_shared = |entry: &&usize| partition.source(**entry).is_some_and(|source| groups.contains_key(source));
    let entries = partition.found.iter().map(|entries| entries.iter().filter(is_shared).count()).collect();
    (!groups.is_empty()).then_some(SharedSources { sources: groups.len(), entries })
}

/// Returns how many sources of a group have texts, and how many of the others.
pub fn of_both(texts: &[Vec<usize>], group: usize, partition: &Partition) -> [usize; 2] {
    let (here, others): (Vec<_>, Vec<_>) = texts.iter().enumerate().partition(|(at, _)| *at == group);
    [here, others].map(|groups| count(groups.into_iter().flat_map(|(_, texts)| texts), partition))
}

/// Returns the probability that a group has as much more, or less, of a term if as many sources as it has are drawn for it at
/// random: see [`statistics::reassigned`]. None where a side has fewer than [`MIN_REASSIGNED`] sources. Takes the texts with
/// the term and all texts, by group.
pub fn reassigned(with: &[Vec<usize>], all: &[Vec<usize>], group: usize, partition: &Partition) -> Option<f64> {
    // Texts with the term and all texts, by side and source: a source on both sides is two, each with what it has there.
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
    let counts: Vec<SourceCounts> = sources.into_iter().map(|((is_here, _), (y, n))| (is_here, y, n)).collect();
    Some(statistics::reassigned(&counts))
}
