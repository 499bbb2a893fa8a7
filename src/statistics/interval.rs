//! 95% intervals of shares that were found in a sample.
//!
//! n titles of a few stories say less than n titles of n stories. The design effect (Kish 1965, "Survey Sampling", chapter
//! 5) is by how much: deff = v/(p(1 − p)/n), where v = B/(B − 1) · Σ(y − p·m)²/n² is the variance of the ratio p = Σy/Σm
//! over B blocks of days with y matches among m titles each, n = Σm. The block length with the largest design effect
//! counts; the interval is that of Wilson (1927) for n/deff titles, with the quantile of Student's t for B − 1 degrees of
//! freedom in the place of the normal one.
//!
//! A few matches say little about how they cluster: where by chance each is of a story of its own, or there is none at all,
//! the design effect seems to be 1 and the interval comes out far too narrow. So it is no less than if
//! [`PRIOR_MATCHES`] more matches had been found that cluster as words of titles usually do: deff ≥ (y·deff + 20·3)/(y + 20).

use super::blocks::{Counted, all_blocks, t_of};

/// The design effect that is expected before anything is known. Of words in 0.5–1% of the titles of six perspectives of three
/// topics (10 titles a day, 104 to 176 days) design effects are 1.3 to 1.9 in the mean, and under 1.7 to 3.3 for nine in ten words.
const PRIOR_EFFECT: f64 = 3.0;

/// The weight of that expectation, in matches.
const PRIOR_MATCHES: f64 = 20.0;

/// A 95% interval of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end, from 0.
    pub low: f64,
    /// The upper end, to 1.
    pub high: f64,
    /// The effective sample size: titles drawn one by one that would say as much.
    pub effective: f64,
}

impl Interval {
    /// Returns the interval of the share of matches, from matches and sample size of each digest. None where digests of
    /// fewer than three days have a sample.
    pub fn of(digests: &[Counted<2>]) -> Option<Self> {
        let (y, n) = digests.iter().fold((0.0, 0.0), |sums, (_, [y, m])| (sums.0 + y, sums.1 + m));
        let p = y / n;
        let simple = p * (1.0 - p) / n;
        // A share near 1 is known as well as the share of the others.
        let few = y.min(n - y);
        let effect = |blocks: &Vec<[f64; 2]>| {
            let count = blocks.len() as f64;
            let squares: f64 = blocks.iter().map(|[y, m]| (y - p * m).powi(2)).sum();
            let seen = if simple > 0.0 { count / (count - 1.0) * squares / (n * n) / simple } else { 1.0 };
            let least = (few * seen + PRIOR_MATCHES * PRIOR_EFFECT) / (few + PRIOR_MATCHES);
            (seen.max(least).max(1.0), blocks.len())
        };
        // Of several as large, the shortest blocks, of which there are most.
        let (effect, blocks) =
            all_blocks(digests).iter().map(effect).reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        Some(Self::wilson(p, n / effect, t_of(blocks)))
    }

    fn wilson(p: f64, n: f64, t: f64) -> Self {
        let t2 = t * t;
        let center = (p + t2 / (2.0 * n)) / (1.0 + t2 / n);
        let half = t / (1.0 + t2 / n) * (p * (1.0 - p) / n + t2 / (4.0 * n * n)).sqrt();
        Self { low: (center - half).clamp(0.0, p), high: (center + half).clamp(p, 1.0), effective: n }
    }
}

/// Returns the 95% interval of the share that so many of some are, taken as drawn one by one (Wilson 1927, "Probable
/// inference", Journal of the American Statistical Association 22(158)); 0 to 1 of none.
pub fn wilson(y: usize, n: usize) -> (f64, f64) {
    /// The 97.5th percentile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return (0.0, 1.0);
    }
    let Interval { low, high, .. } = Interval::wilson(y as f64 / n as f64, n as f64, Z);
    (low, high)
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::planted::{CASES, is_covered, runs, stories};

    /// Wilson's interval by the quadratic formula, worked out by hand: (2y + z² ± z√(z² + 4y(n − y)/n))/(2(n + z²)).
    #[test]
    fn intervals_of_few_sources_are_wide() {
        for (y, n, low, high) in [(4, 4, 0.5101, 1.0), (6, 9, 0.3542, 0.8794), (2, 2, 0.3424, 1.0), (0, 5, 0.0, 0.4345)]
        {
            let (at_least, at_most) = wilson(y, n);
            assert!((at_least - low).abs() < 1e-4 && (at_most - high).abs() < 1e-4, "{y} of {n}: {at_least} {at_most}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    #[expect(clippy::print_stdout, reason = "what a long run is for")]
    fn intervals_cover_where_stories_last_three_days() {
        let (all, mut rng) = (runs(200), Rng::with_seed(1927));
        for (share, days) in CASES {
            let covers = |rng: &mut Rng| {
                let Interval { low, high, .. } = Interval::of(&stories(days, share, rng)).expect("three days");
                low <= share && share <= high
            };
            let covered = (0..all).filter(|_| covers(&mut rng)).count();
            println!("share {share}, {days} digests: {covered} of {all} intervals cover it");
            assert!(is_covered(covered, all), "{covered} of {all}: share {share}, {days} digests");
        }
    }

    #[test]
    fn two_days_have_no_interval() {
        assert_eq!(Interval::of(&[(1, [3.0, 10.0]), (2, [1.0, 10.0]), (3, [0.0, 0.0])]), None);
        assert_eq!(Interval::of(&[]), None);
    }

    proptest! {
        #[test]
        fn intervals_hold_the_share(digests in prop::collection::vec((0i32..60, 0usize..20, 0usize..20), 0..40)) {
            let digests: Vec<Counted<2>> =
                digests.into_iter().map(|(day, a, b)| (day, [a.min(b) as f64, a.max(b) as f64])).collect();
            let (y, n) = digests.iter().fold((0.0, 0.0), |sums, (_, [y, m])| (sums.0 + y, sums.1 + m));
            if let Some(Interval { low, high, effective }) = Interval::of(&digests) {
                prop_assert!(0.0 <= low && low <= y / n && y / n <= high && high <= 1.0);
                prop_assert!(effective > 0.0 && effective <= n);
            }
        }
    }
}
