//! Agglomerative clustering by average linkage, over the pairs that have something in common.
//!
//! Each step merges the two clusters with the highest score: the sum of the likeness of their pairs, divided by the
//! number of pairs plus one. The one more pair, with nothing in common, keeps the likeness of a single pair from weighing
//! as much as that of many (Laplace's rule of succession). Sums and scores are whole numbers and ties go to the clusters
//! that contain the first items, so that the result is a function of the items' order alone.
//!
//! Average linkage: Sokal and Michener 1958, University of Kansas Science Bulletin 38. A heap holds every pair of clusters
//! at or above the cut, so that time and memory grow with the number of pairs, not with the square of the items.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// A pair of items with something in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    /// The amount, in millionths.
    pub likeness: u64,
}

/// Returns the clusters of items `0..items`, each in ascending order, ordered by their first items. `cut` is the least
/// score at which two clusters merge.
pub fn average_linkage(items: usize, pairs: &[Pair], cut: u64) -> Vec<Vec<usize>> {
    let mut clusters = Clusters::new(items, pairs);
    let mut heap: BinaryHeap<Candidate> =
        pairs.iter().map(|pair| clusters.candidate(pair.a, pair.b, pair.likeness)).filter(|c| c.score >= cut).collect();
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

/// The score of two clusters: the sum of the likeness of their pairs by the number of pairs plus one.
fn score(sum: u64, sizes: (usize, usize)) -> u64 {
    sum / (sizes.0 as u64 * sizes.1 as u64 + 1)
}

/// Clusters by the place of one of their items.
struct Clusters {
    /// The items of each; none where it was merged into another.
    members: Vec<Vec<usize>>,
    /// The first item of each.
    first: Vec<usize>,
    /// The clusters that each has something in common with, and the sum of the likeness of their pairs.
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
    fn new(items: usize, pairs: &[Pair]) -> Self {
        let mut near = vec![HashMap::new(); items];
        for pair in pairs {
            near[pair.a].insert(pair.b, pair.likeness);
            near[pair.b].insert(pair.a, pair.likeness);
        }
        let members = (0..items).map(|item| vec![item]).collect();
        Self { members, first: (0..items).collect(), near, version: vec![0; items] }
    }

    fn candidate(&self, a: usize, b: usize, sum: u64) -> Candidate {
        let (first, second) = (self.first[a], self.first[b]);
        Candidate {
            score: score(sum, (self.members[a].len(), self.members[b].len())),
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

    const CUT: u64 = 130_000;

    /// The same by definition: all pairs of clusters are scored anew at each step.
    fn naive(items: usize, pairs: &[Pair]) -> Vec<Vec<usize>> {
        let mut clusters: Vec<Vec<usize>> = (0..items).map(|item| vec![item]).collect();
        loop {
            clusters.sort();
            let sum = |x: &[usize], y: &[usize]| -> u64 {
                let between = |p: &&Pair| x.contains(&p.a) && y.contains(&p.b) || x.contains(&p.b) && y.contains(&p.a);
                pairs.iter().filter(between).map(|pair| pair.likeness).sum()
            };
            let mut best: Option<(u64, usize, usize)> = None;
            for x in 0..clusters.len() {
                for y in x + 1..clusters.len() {
                    let pairs = (clusters[x].len() * clusters[y].len()) as u64;
                    let score = sum(&clusters[x], &clusters[y]) / (pairs + 1);
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
        fn clusters_are_those_of_the_definition(likeness in proptest::collection::vec(0u64..12, 0..=91)) {
            // All pairs of 14 items in a row; coarse likeness makes many ties.
            let pairs = (0..14).flat_map(|b| (0..b).map(move |a| (a, b))).zip(&likeness);
            let pairs: Vec<Pair> = pairs
                .filter(|(_, likeness)| **likeness > 4)
                .map(|((a, b), likeness)| Pair { a, b, likeness: likeness * 80_000 })
                .collect();
            prop_assert_eq!(average_linkage(14, &pairs, CUT), naive(14, &pairs));
            let reversed: Vec<Pair> = pairs.iter().rev().map(|p| Pair { a: p.b, b: p.a, ..*p }).collect();
            prop_assert_eq!(average_linkage(14, &reversed, CUT), naive(14, &pairs));
        }
    }

    #[test]
    fn a_single_pair_proves_less_than_many() {
        let pair = |a, b, likeness| Pair { a, b, likeness };
        assert_eq!(average_linkage(2, &[pair(0, 1, 250_000)], CUT), [[0], [1]]);
        assert_eq!(average_linkage(2, &[pair(0, 1, 260_000)], CUT), [[0, 1]]);
        // 2 × 200,000 / 3: alone, neither pair would do.
        let pairs = [pair(0, 1, 900_000), pair(0, 2, 200_000), pair(1, 2, 200_000)];
        assert_eq!(average_linkage(3, &pairs, CUT), [[0, 1, 2]]);
    }
}
