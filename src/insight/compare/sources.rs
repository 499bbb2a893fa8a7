//! Whether a term would be one of a group with other sources: whole sources are reassigned to the two sides.

use std::collections::{BTreeMap, BTreeSet};

use super::partition::Partition;
use crate::statistics::one_of_each;

/// With fewer sources on a side too few arrangements are possible.
pub const MIN_REASSIGNED: usize = 6;

/// Returns how many sources have texts.
pub fn count<'a>(entries: impl IntoIterator<Item = &'a usize>, partition: &Partition) -> usize {
    entries.into_iter().filter_map(|entry| partition.source(*entry)).collect::<BTreeSet<_>>().len()
}

/// Returns how many sources of a group have texts, and how many of the others.
pub fn of_both(texts: &[Vec<usize>], group: usize, partition: &Partition) -> [usize; 2] {
    let (here, others): (Vec<_>, Vec<_>) = texts.iter().enumerate().partition(|(at, _)| *at == group);
    [here, others].map(|groups| count(groups.into_iter().flat_map(|(_, texts)| texts), partition))
}

/// Returns the probability that a group has as much more, or less, of a term if each source is assigned to either side at
/// random: twice the smaller tail, 1 at most. None where a side has fewer than [`MIN_REASSIGNED`] sources. Takes the texts with
/// the term and all texts, by group. A source with n texts of which y have the term has the score y − n·Σy/Σn.
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
    // The scores of both sides together are 0: a source on the other side has the opposite score.
    let of_side = |((is_here, _), source): (&(bool, &str), &(f64, f64))| {
        if *is_here { score(source) } else { -score(source) }
    };
    let scores: Vec<f64> = sources.iter().map(of_side).collect();
    let lists: Vec<Vec<f64>> = scores.iter().map(|score| vec![*score, -score]).collect();
    let (high, low) = one_of_each(&lists, scores.iter().sum())?;
    Some((2.0 * high.min(low)).min(1.0))
}
