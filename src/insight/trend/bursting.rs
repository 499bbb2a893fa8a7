//! When there was much more of something than usual, and whether chance would make as much of a burst. What comes together
//! in a digest is no independent evidence, so chance shuffles whole digests over time.

use fastrand::Rng;
use rayon::prelude::*;

use crate::statistics::{Burst, bursts};

/// The number of random arrangements, which are the same each time.
const ARRANGEMENTS: usize = 999;
const SEED: u64 = 2002;

/// More is chance: the usual bound.
pub const CHANCE: f64 = 0.05;

/// A time of much more than usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Bursting {
    /// The place of the first span.
    pub first: usize,
    /// The place of the last span.
    pub last: usize,
    /// The saved cost against the usual share, in natural logarithms.
    pub weight: f64,
    /// The number of matches in it.
    pub found: usize,
    /// Of how many.
    pub sampled: usize,
    /// The part of chance's arrangements with a burst that weighs as much (Phipson and Smyth 2010: (b + 1)/(B + 1)).
    pub p: f64,
}

impl Bursting {
    /// Reports whether a span is in it.
    pub fn has(&self, span: usize) -> bool {
        (self.first..=self.last).contains(&span)
    }
}

/// A digest: the span that it is in, and how many of its entries were found.
#[derive(Debug, Clone)]
pub struct Batch {
    pub span: usize,
    pub found: usize,
    pub sampled: usize,
}

/// The bursts that chance would hardly make.
pub fn bursting(spans: usize, digests: Vec<Batch>) -> Option<Vec<Bursting>> {
    let counts: Vec<(usize, usize)> = digests.iter().map(|digest| (digest.found, digest.sampled)).collect();
    let summed = |counts: &[(usize, usize)]| {
        let mut batches = vec![(0, 0); spans];
        for (digest, (found, all)) in digests.iter().zip(counts) {
            batches[digest.span].0 += found;
            batches[digest.span].1 += all;
        }
        batches
    };
    let seen = summed(&counts);
    let found = bursts(&seen)?;
    if found.is_empty() {
        return Some(Vec::new());
    }
    let heaviest = |number: usize| {
        let mut shuffled = counts.clone();
        Rng::with_seed(SEED + number as u64).shuffle(&mut shuffled);
        bursts(&summed(&shuffled)).into_iter().flatten().map(|burst| burst.weight).fold(0.0, f64::max)
    };
    let by_chance: Vec<f64> = (0..ARRANGEMENTS).into_par_iter().map(heaviest).collect();
    let told = |burst: Burst| {
        let as_heavy = by_chance.iter().filter(|weight| **weight >= burst.weight - 1e-9).count();
        let within = &seen[burst.first..=burst.last];
        Bursting {
            first: burst.first,
            last: burst.last,
            weight: burst.weight,
            found: within.iter().map(|batch| batch.0).sum(),
            sampled: within.iter().map(|batch| batch.1).sum(),
            p: (as_heavy + 1) as f64 / (ARRANGEMENTS + 1) as f64,
        }
    };
    Some(found.into_iter().map(told).filter(|burst| burst.p <= CHANCE).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks of five digests, each with 20 titles of which so many are found.
    fn weeks(found: impl Fn(usize) -> usize, weeks: usize) -> Option<Vec<Bursting>> {
        let digest = |n: usize| Batch { span: n / 5, found: found(n), sampled: 20 };
        bursting(weeks, (0..weeks * 5).map(digest).collect())
    }

    #[test]
    fn a_planted_burst_is_found() {
        let found = weeks(|n| if (40..50).contains(&n) { 4 } else { n % 2 }, 30).expect("rare enough");
        assert_eq!(found.iter().map(|burst| (burst.first, burst.last, burst.found)).collect::<Vec<_>>(), [(8, 9, 40)]);
        assert!(found[0].p <= 0.002 && found[0].weight > 10.0, "{found:?}");
    }

    #[test]
    fn chance_makes_few_bursts() {
        for share in [0.02, 0.1, 0.2] {
            let mut false_ones = 0;
            for seed in 0..40 {
                let mut rng = Rng::with_seed(seed);
                let counts: Vec<usize> = (0..200).map(|_| (0..20).filter(|_| rng.f64() < share).count()).collect();
                false_ones += usize::from(weeks(|n| counts[n], 40).is_some_and(|bursts| !bursts.is_empty()));
            }
            // 5% of 40 are 2; 6 or more come once in 70 times.
            assert!(false_ones < 6, "{false_ones} of 40 at {share}");
        }
    }
}
