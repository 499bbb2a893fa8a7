//! Agglomerative clustering by average linkage, over the pairs that have something in common.
//!
//! Each step merges the two clusters with the highest score: the mean likeness of their pairs, weighted ([`Size::pairs`]),
//! with one and a half pairs more that have nothing in common. These keep the likeness of a single pair from weighing as
//! much as that of many (additive smoothing). Sums and scores are whole numbers and ties go to the clusters that contain
//! the first items, so that the result is a function of the items' order alone.
//!
//! Average linkage: Sokal and Michener 1958, University of Kansas Science Bulletin 38. A heap holds every pair of clusters
//! at or above the cut, so that time and memory grow with the number of pairs, not with the square of the items.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::weight::Size;

/// The weight of the pairs added: of one and a half of two sources.
const ADDED: u64 = 3;

/// A pair of items with something in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    /// The amount, in millionths.
    pub likeness: u64,
}

/// Returns the clusters of items with these sources, each in ascending order, ordered by their first items. `cut` is the
/// least score at which two clusters merge.
pub fn average_linkage(sources: &[Option<u32>], pairs: &[Pair], cut: u64) -> Vec<Vec<usize>> {
    let mut clusters = Clusters::new(sources, pairs);
    let candidate = |pair: &Pair| clusters.candidate(pair.a, pair.b, clusters.near[pair.a][&pair.b]);
    let mut heap: BinaryHeap<Candidate> = pairs.iter().map(candidate).filter(|c| c.score >= cut).collect();
    while let Some(candidate) = heap.pop() {
        if clusters.is_current(&candidate) {
            let merged = clusters.merge(candidate.a, candidate.b);
            let next = clusters.near[merged].iter().map(|(other, sum)| clusters.candidate(merged, *other, *sum));
            heap.extend(next.filter(|c| c.score >= cut));
        }
    }
    let mut members: Vec<Vec<usize>> = clusters.members.into_iter().filter(|members| !members.is_empty()).collect();
    members.iter_mut().for_each(|members| members.sort_unstable());
    members.sort_unstable();
    members
}

/// Clusters by the place of one of their items.
struct Clusters {
    /// The items of each; none where it was merged into another.
    members: Vec<Vec<usize>>,
    sizes: Vec<Size>,
    /// The first item of each.
    first: Vec<usize>,
    /// The clusters that each has something in common with, and the weighted sum of the likeness of their pairs.
    near: Vec<HashMap<usize, u64>>,
    /// The number of merges of each.
    version: Vec<u32>,
}

/// Two clusters that may be merged, as long as neither has been merged since.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    score: u64,
    first: Reverse<(usize, usize)>,
    a: usize,
    b: usize,
    versions: (u32, u32),
}

impl Clusters {
    fn new(sources: &[Option<u32>], pairs: &[Pair]) -> Self {
        let items = sources.len();
        let sizes: Vec<Size> = sources.iter().copied().map(Size::of).collect();
        let mut near = vec![HashMap::new(); items];
        for Pair { a, b, likeness } in pairs {
            let sum = likeness * sizes[*a].pairs(&sizes[*b]);
            near[*a].insert(*b, sum);
            near[*b].insert(*a, sum);
        }
        let members = (0..items).map(|item| vec![item]).collect();
        Self { members, sizes, first: (0..items).collect(), near, version: vec![0; items] }
    }

    fn candidate(&self, a: usize, b: usize, sum: u64) -> Candidate {
        let (first, second) = (self.first[a], self.first[b]);
        Candidate {
            score: sum / (self.sizes[a].pairs(&self.sizes[b]) + ADDED),
            first: Reverse((first.min(second), first.max(second))),
            a,
            b,
            versions: (self.version[a], self.version[b]),
        }
    }

    fn is_current(&self, candidate: &Candidate) -> bool {
        candidate.versions == (self.version[candidate.a], self.version[candidate.b])
    }

    /// Merges two clusters and returns the place of the result: that of the one with more neighbours.
    fn merge(&mut self, a: usize, b: usize) -> usize {
        let (kept, other) = if self.near[a].len() >= self.near[b].len() { (a, b) } else { (b, a) };
        self.near[kept].remove(&other);
        for (neighbour, likeness) in std::mem::take(&mut self.near[other]) {
            self.near[neighbour].remove(&other);
            if neighbour != kept {
                *self.near[kept].entry(neighbour).or_default() += likeness;
                *self.near[neighbour].entry(kept).or_default() += likeness;
            }
        }
        let moved = std::mem::take(&mut self.members[other]);
        self.members[kept].extend(moved);
        let size = std::mem::take(&mut self.sizes[other]);
        self.sizes[kept].add(size);
        self.first[kept] = self.first[kept].min(self.first[other]);
        self.version[kept] += 1;
        self.version[other] += 1;
        kept
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CUT: u64 = 120_000;

    /// The same by definition: all pairs of clusters are scored anew at each step.
    fn naive(sources: &[Option<u32>], pairs: &[Pair]) -> Vec<Vec<usize>> {
        let mut clusters: Vec<Vec<usize>> = (0..sources.len()).map(|item| vec![item]).collect();
        let weight = |a: usize, b: usize| if sources[a].is_some() && sources[a] == sources[b] { 1 } else { 2 };
        loop {
            clusters.sort();
            let sum = |x: &[usize], y: &[usize]| -> u64 {
                let between = |p: &&Pair| x.contains(&p.a) && y.contains(&p.b) || x.contains(&p.b) && y.contains(&p.a);
                pairs.iter().filter(between).map(|pair| pair.likeness * weight(pair.a, pair.b)).sum()
            };
            let mut best: Option<(u64, usize, usize)> = None;
            for x in 0..clusters.len() {
                for y in x + 1..clusters.len() {
                    let weights = clusters[x].iter().flat_map(|a| clusters[y].iter().map(|b| weight(*a, *b)));
                    let score = sum(&clusters[x], &clusters[y]) / (weights.sum::<u64>() + 3);
                    if score >= CUT && best.is_none_or(|(most, ..)| score > most) {
                        best = Some((score, x, y));
                    }
                }
            }
            let Some((_, x, y)) = best else { return clusters };
            let moved = clusters.remove(y);
            clusters[x].extend(moved);
            clusters[x].sort_unstable();
        }
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_the_definition(
            likeness in proptest::collection::vec(0u64..12, 0..=91),
            sources in proptest::collection::vec(proptest::option::of(0u32..5), 14),
        ) {
            // All pairs of 14 items in a row; coarse likeness makes many ties.
            let pairs = (0..14).flat_map(|b| (0..b).map(move |a| (a, b))).zip(&likeness);
            let pairs: Vec<Pair> = pairs
                .filter(|(_, likeness)| **likeness > 4)
                .map(|((a, b), likeness)| Pair { a, b, likeness: likeness * 80_000 })
                .collect();
            let expected = naive(&sources, &pairs);
            prop_assert_eq!(&average_linkage(&sources, &pairs, CUT), &expected);
            let reversed: Vec<Pair> = pairs.iter().rev().map(|p| Pair { a: p.b, b: p.a, ..*p }).collect();
            prop_assert_eq!(average_linkage(&sources, &reversed, CUT), expected);
        }
    }

    #[test]
    fn a_single_pair_proves_less_than_many_and_one_of_one_source_least() {
        let pair = |a, b, likeness| Pair { a, b, likeness };
        for (sources, least) in [([None, None], 300_000), ([Some(1), Some(2)], 300_000), ([Some(1), Some(1)], 480_000)]
        {
            assert_eq!(average_linkage(&sources, &[pair(0, 1, least)], CUT), [[0, 1]], "{sources:?}");
            assert_eq!(average_linkage(&sources, &[pair(0, 1, least - 5)], CUT), [[0], [1]], "{sources:?}");
        }
        // 2 × 250,000 / 3.5: alone, neither pair would do.
        let pairs = [pair(0, 1, 900_000), pair(0, 2, 250_000), pair(1, 2, 250_000)];
        assert_eq!(average_linkage(&[None; 3], &pairs, CUT), [[0, 1, 2]]);
    }
}
