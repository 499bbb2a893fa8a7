//! How sure a share is that was found in a sample.
//!
//! The articles of a digest come together: what one is about, its neighbours are about more often than those of another
//! day. So a sample of n articles says less than n articles drawn one by one would. The design effect (Kish 1965,
//! "Survey Sampling", chapter 5) tells how much less: deff = v / (p(1 − p) / n), where v is the variance of the ratio
//! p = Σy / Σm over D digests with y matches among m articles each, v = D / (D − 1) · Σ(y − p·m)² / n². The interval is
//! that of Wilson (1927) for n_eff = n / max(1, deff).

/// The 97.5th percentile of the normal distribution: intervals hold 95% of the time.
const Z: f64 = 1.959_963_984_540_054;

/// A share of what was sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share, from 0 to 1.
    pub share: f64,
    /// The lower end of its 95% interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The number of articles drawn one by one that would say as much.
    pub effective: f64,
}

impl Share {
    /// Of digests, each with so many matches among so many sampled; none where nothing was sampled.
    pub fn of(digests: impl Iterator<Item = (usize, usize)> + Clone) -> Option<Self> {
        let (matches, sampled) = digests.clone().fold((0, 0), |(y, m), (matches, sampled)| (y + matches, m + sampled));
        if sampled == 0 {
            return None;
        }
        let n = sampled as f64;
        let share = matches as f64 / n;
        let count = digests.clone().filter(|(_, sampled)| *sampled > 0).count() as f64;
        let simple = share * (1.0 - share) / n;
        let deff = if count > 1.0 && simple > 0.0 {
            let squares: f64 = digests.map(|(y, m)| (y as f64 - share * m as f64).powi(2)).sum();
            count / (count - 1.0) * squares / (n * n) / simple
        } else {
            1.0
        };
        let effective = n / deff.max(1.0);
        let (low, high) = wilson(share, effective);
        Some(Self { share, low, high, effective })
    }
}

fn wilson(p: f64, n: f64) -> (f64, f64) {
    let z2 = Z * Z;
    let center = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    ((center - half).clamp(0.0, p), (center + half).clamp(p, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rounded(share: Option<Share>) -> Option<[f64; 4]> {
        let share = share?;
        Some([share.share, share.low, share.high, share.effective].map(|x| (x * 1e4).round() / 1e4))
    }

    #[test]
    fn one_digest_is_wilson() {
        // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: 81 of 263, 15 of 148,
        // 0 of 20, 1 of 29.
        for (y, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let [_, got_low, got_high, effective] = rounded(Share::of([(y, n)].into_iter())).expect("sampled");
            assert_eq!((got_low, got_high, effective), (low, high, n as f64), "{y} of {n}");
        }
        assert_eq!(Share::of([(0, 0)].into_iter()), None);
    }

    #[test]
    fn what_comes_together_says_less() {
        // All or nothing in ten digests of ten: p = .5, v = 10/9 · 10 · 25 / 10⁴, deff = 100/9.
        let digests = [(10, 10), (0, 10)].repeat(5);
        assert_eq!(rounded(Share::of(digests.into_iter())).map(|s| (s[0], s[3])), Some((0.5, 9.0)));
        // The same number in each: the variance between digests is none, and n counts in full.
        let digests = [(5, 10)].repeat(10);
        assert_eq!(rounded(Share::of(digests.into_iter())).map(|s| (s[0], s[3])), Some((0.5, 100.0)));
    }

    proptest! {
        #[test]
        fn intervals_hold_the_share(digests in prop::collection::vec((0usize..20, 0usize..20), 0..20)) {
            let digests: Vec<_> = digests.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
            if let Some(share) = Share::of(digests.iter().copied()) {
                prop_assert!(0.0 <= share.low && share.low <= share.share && share.share <= share.high && share.high <= 1.0);
                prop_assert!(share.effective > 0.0 && share.effective <= digests.iter().map(|d| d.1).sum::<usize>() as f64);
            }
        }
    }
}
