//! Shares that were found in a sample.

use super::blocks::Counted;
use super::interval::Interval;

/// A share of what was sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share, from 0 to 1.
    pub share: f64,
    /// Its 95% interval; none where digests of fewer than three days have a sample.
    pub interval: Option<Interval>,
}

impl Share {
    /// Returns the share from the day, the matches and the sample size of each digest. None where nothing was sampled.
    pub fn of(digests: impl IntoIterator<Item = (i32, usize, usize)>) -> Option<Self> {
        let counted = |(day, matches, sampled): (i32, usize, usize)| (day, [matches as f64, sampled as f64]);
        let digests: Vec<Counted<2>> = digests.into_iter().map(counted).collect();
        let (matches, sampled) = digests.iter().fold((0.0, 0.0), |sums, (_, [y, m])| (sums.0 + y, sums.1 + m));
        (sampled > 0.0).then(|| Self { share: matches / sampled, interval: Interval::of(&digests) })
    }
}
