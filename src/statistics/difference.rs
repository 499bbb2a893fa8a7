//! The difference of the shares of two perspectives in the same digests.
//!
//! The 95% interval of p_i − p_j is that of the block [`jackknife`]. Of the block lengths the one with the
//! widest interval counts. Of shares that rest on a few titles, of 0 above all, the jackknife sees too little variance, or none:
//! there the interval also covers that of Newcombe's method 10 (1998, Statistics in Medicine 17(8)) from the intervals of both shares.
//!
//! The p-value is that of the sign flips of blocks (Fisher 1935, "The Design of Experiments", section 21): were the shares
//! the same, y_i − p·m_i in a block, less y_j − p·m_j, each as a share of its perspective, could as well be its opposite.

use super::blocks::{Counted, all_blocks, jackknife};
use super::interval::Interval;
use super::tail::one_of_each;

/// Fewer blocks allow too few arrangements to say what is chance.
const MIN_FLIPPED: usize = 6;

/// Fewer matches, or titles that do not match, are few.
const FEW: f64 = 5.0;

/// The difference of two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The first share less the second, from −1 to 1.
    pub difference: f64,
    /// The ends of its 95% interval; none where there are fewer than three blocks.
    pub interval: Option<(f64, f64)>,
    /// The probability that chance makes as large a difference of two equal shares; none where fewer than six blocks have a sample
    /// of both.
    pub p: Option<f64>,
}

impl Difference {
    /// Returns the difference from the counts of each digest: matches and sample size of the first perspective, then of the
    /// second. None where one was not sampled.
    pub fn of(digests: &[Counted<4>]) -> Option<Self> {
        let sums = sums(digests.iter().map(|(_, counts)| counts));
        let difference = difference(sums)?;
        let blocks = all_blocks(digests);
        let interval = interval(digests, &blocks, difference, sums);
        let p = blocks.iter().filter_map(|blocks| flipped(blocks, sums)).reduce(f64::max);
        Some(Self { difference, interval, p })
    }
}

fn sums<'a>(counts: impl Iterator<Item = &'a [f64; 4]>) -> [f64; 4] {
    counts.fold([0.0; 4], |sums, counts| std::array::from_fn(|at| sums[at] + counts[at]))
}

fn difference([y_i, n_i, y_j, n_j]: [f64; 4]) -> Option<f64> {
    (n_i > 0.0 && n_j > 0.0).then(|| y_i / n_i - y_j / n_j)
}

fn interval(digests: &[Counted<4>], blocks: &[Vec<[f64; 4]>], difference: f64, sums: [f64; 4]) -> Option<(f64, f64)> {
    let half = blocks.iter().filter_map(|blocks| half_width(blocks, sums)).reduce(f64::max)?;
    let (mut low, mut high) = (difference - half, difference + half);
    let [y_i, n_i, y_j, n_j] = sums;
    if half == 0.0 || [y_i, n_i - y_i, y_j, n_j - y_j].iter().any(|count| *count < FEW) {
        let (least, most) = from_shares(digests, difference, sums)?;
        (low, high) = (low.min(least), high.max(most));
    }
    Some((low.max(-1.0), high.min(1.0)))
}

/// Returns half the width of the interval by the jackknife; none where a perspective was sampled in one block only.
fn half_width(blocks: &[[f64; 4]], sums: [f64; 4]) -> Option<f64> {
    let without = |block: &[f64; 4]| difference(std::array::from_fn(|at| sums[at] - block[at]));
    Some(jackknife(&blocks.iter().map(without).collect::<Option<Vec<f64>>>()?))
}

/// Returns Newcombe's interval from those of the two shares, without regard to their correlation.
fn from_shares(digests: &[Counted<4>], difference: f64, [y_i, n_i, y_j, n_j]: [f64; 4]) -> Option<(f64, f64)> {
    let of = |at: usize| {
        let counts = digests.iter().map(|(day, counts)| (*day, [counts[at], counts[at + 1]]));
        Interval::of(&counts.collect::<Vec<_>>())
    };
    let (i, j) = (of(0)?, of(2)?);
    let (p_i, p_j) = (y_i / n_i, y_j / n_j);
    Some((difference - (p_i - i.low).hypot(j.high - p_j), difference + (i.high - p_i).hypot(p_j - j.low)))
}

fn flipped(blocks: &[[f64; 4]], [y_i, n_i, y_j, n_j]: [f64; 4]) -> Option<f64> {
    let paired = blocks.iter().filter(|[_, m_i, _, m_j]| *m_i > 0.0 && *m_j > 0.0).count();
    if paired < MIN_FLIPPED {
        return None;
    }
    let p = (y_i + y_j) / (n_i + n_j);
    // In titles: one that matches more or less is about one step of the sum.
    let scale = n_i * n_j / (n_i + n_j);
    let score = |[y_i, m_i, y_j, m_j]: &[f64; 4]| scale * ((y_i - p * m_i) / n_i - (y_j - p * m_j) / n_j);
    let scores: Vec<f64> = blocks.iter().map(score).collect();
    let lists: Vec<Vec<f64>> = scores.iter().map(|score| vec![*score, -score]).collect();
    let (high, low) = one_of_each(&lists, scores.iter().sum())?;
    Some((2.0 * high.min(low)).min(1.0))
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;
    use crate::statistics::planted::{CASES, is_covered, runs, stories};

    /// Two perspectives, each with stories of its own: one with a share, the other with a part of it.
    fn both(days: i32, share: f64, part: f64, rng: &mut Rng) -> Vec<Counted<4>> {
        let (here, there) = (stories(days, share, rng), stories(days, share * part, rng));
        here.iter().zip(&there).map(|((day, [a, b]), (_, [c, d]))| (*day, [*a, *b, *c, *d])).collect()
    }

    #[test]
    #[expect(clippy::print_stdout, reason = "what a long run is for")]
    fn intervals_cover_where_stories_last_three_days() {
        let (all, mut rng) = (runs(100), Rng::with_seed(1998));
        for (share, days) in CASES {
            let covers = |rng: &mut Rng| {
                let digests = both(days, share, 0.5, rng);
                let sums = sums(digests.iter().map(|(_, counts)| counts));
                let seen = difference(sums).expect("both sampled");
                let (low, high) = interval(&digests, &all_blocks(&digests), seen, sums).expect("three days");
                low <= share * 0.5 && share * 0.5 <= high
            };
            let covered = (0..all).filter(|_| covers(&mut rng)).count();
            println!("difference {}, {days} digests: {covered} of {all} intervals cover it", share * 0.5);
            assert!(is_covered(covered, all), "{covered} of {all}: from share {share}, {days} digests");
        }
    }

    #[test]
    #[expect(clippy::print_stdout, reason = "what a long run is for")]
    fn equal_shares_differ_by_chance_alone() {
        let (all, mut rng) = (runs(40), Rng::with_seed(1935));
        for (share, days) in [(0.03, 60), (0.1, 30), (0.1, 60)] {
            let differs = |rng: &mut Rng| {
                Difference::of(&both(days, share, 1.0, rng)).and_then(|d| d.p).is_some_and(|p| p <= 0.05)
            };
            let false_ones = (0..all).filter(|_| differs(&mut rng)).count();
            println!("share {share}, {days} digests: p of {false_ones} of {all} equal shares is up to 0.05");
            // 5% and 2.5 standard deviations.
            assert!(
                false_ones as f64 <= all as f64 * 0.05 + 2.5 * (all as f64 * 0.0475).sqrt(),
                "{false_ones} of {all}"
            );
        }
    }

    #[test]
    fn shares_that_differ_are_found() {
        let digests: Vec<Counted<4>> =
            (0..30).map(|day| (day, [f64::from(3 + day % 2), 10.0, f64::from(day % 3), 10.0])).collect();
        let found = Difference::of(&digests).expect("both sampled");
        assert!((found.difference - 0.25).abs() < 1e-12);
        assert!(found.interval.is_some_and(|(low, high)| low > 0.15 && high < 0.35), "{found:?}");
        // 10 blocks of three days: twice one of 2^10 arrangements.
        assert!(found.p.is_some_and(|p| (p * 512.0 - 1.0).abs() < 0.01), "{found:?}");
        assert_eq!(Difference::of(&digests[..5]).map(|found| found.p), Some(None));
        assert_eq!(Difference::of(&[(1, [1.0, 10.0, 0.0, 0.0])]), None);
    }
}
