//! Samples of which the shares are known, for tests.

use fastrand::Rng;

use super::blocks::Counted;

/// Shares and numbers of digests.
pub const CASES: [(f64, i32); 12] = [
    (0.01, 7),
    (0.01, 60),
    (0.01, 174),
    (0.03, 7),
    (0.03, 60),
    (0.03, 174),
    (0.1, 7),
    (0.1, 60),
    (0.1, 174),
    (0.3, 7),
    (0.3, 60),
    (0.3, 174),
];

/// Returns matches and sample sizes of digests, one a day: each of ten titles a day is of any of ten stories, each of which
/// stays for three days and matches with a probability.
pub fn stories(days: i32, share: f64, rng: &mut Rng) -> Vec<Counted<2>> {
    let begun: [i32; 10] = std::array::from_fn(|_| rng.i32(0..3));
    let mut matches = begun.map(|_| rng.f64() < share);
    let digest = |day: i32| {
        for (matches, begun) in matches.iter_mut().zip(&begun) {
            if (day + begun) % 3 == 0 {
                *matches = rng.f64() < share;
            }
        }
        let found = (0..10).filter(|_| matches[rng.usize(0..10)]).count();
        (day, [found as f64, 10.0])
    };
    (0..days).map(digest).collect()
}

/// Returns how many samples are drawn: few in a short run, more where `PLANTED_RUNS` says so.
pub fn runs(few: usize) -> usize {
    option_env!("PLANTED_RUNS").and_then(|runs| runs.parse().ok()).unwrap_or(few)
}

/// Returns whether so many of all intervals can be 92% by chance: no more than 2.5 standard deviations less.
pub fn is_covered(covered: usize, all: usize) -> bool {
    covered as f64 / all as f64 > 0.92 - 2.5 * (0.92 * 0.08 / all as f64).sqrt()
}
