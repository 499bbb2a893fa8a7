//! Draws from several sets, some of each.

use statrs::distribution::{Discrete, Hypergeometric};
use statrs::statistics::{Distribution, Max, Min};

use super::saddlepoint::Cumulants;
use super::tails;

/// The titles of a digest: how many there are, how many of them are drawn, and how many have something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// All titles.
    pub all: usize,
    /// Those drawn, of one perspective; at most all.
    pub drawn: usize,
    /// Those with a term; at most all.
    pub with: usize,
}

impl Draw {
    /// Returns the smallest number of drawn titles with it, and the probabilities of that number and of those that follow.
    fn probabilities(self) -> (usize, Vec<f64>) {
        let Some(numbers) = self.numbers() else { return (0, vec![1.0]) };
        let at = |number: u64| numbers.ln_pmf(number).exp();
        (numbers.min() as usize, (numbers.min()..=numbers.max()).map(at).collect())
    }

    fn numbers(self) -> Option<Hypergeometric> {
        Hypergeometric::new(self.all as u64, self.with as u64, self.drawn as u64).ok()
    }
}

/// Returns the probabilities that draws from several digests together have at least, and at most, so many titles with
/// something (Fisher 1935, "The logic of inductive inference"; for several tables Cox 1966, "A simple example of a comparison
/// involving quantal data", Biometrika 53): the distribution of a sum of hypergeometric numbers, added up digest by digest,
/// from 1,000 titles with it on by a saddlepoint approximation. None where there is only one sum.
pub fn some_of_each(draws: &[Draw], seen: usize) -> Option<(f64, f64)> {
    const MANY: usize = 1000;
    let numbers = || draws.iter().filter_map(|draw| draw.numbers());
    let variance: f64 = numbers().filter_map(|numbers| numbers.variance()).sum();
    let above = seen as f64 - numbers().filter_map(|numbers| numbers.mean()).sum::<f64>();
    let is_many = draws.iter().map(|draw| draw.with).sum::<usize>() >= MANY;
    let of_digest = |draw: &Draw| (draw.numbers().and_then(|numbers| numbers.mean()), draw.probabilities());
    let known: Vec<_> = draws.iter().filter(|_| is_many).map(of_digest).collect();
    let cumulants = |s: f64| {
        let of_digest = |(mean, (first, chances)): &(Option<f64>, (usize, Vec<f64>))| {
            let above = |at: usize| (first + at) as f64 - mean.unwrap_or_default();
            Cumulants::of(chances.iter().enumerate().map(|(at, chance)| (above(at), *chance)), s)
        };
        known.iter().map(of_digest).fold(Cumulants::default(), Cumulants::plus)
    };
    tails(variance, above, is_many, cumulants, || exactly(draws, seen))
}

/// Returns the probabilities of the most and of the fewest titles with it that draws from several digests can have: neither tail
/// of [`some_of_each`] is below them.
pub fn ends_of_each(draws: &[Draw]) -> (f64, f64) {
    let ends = |draw: &Draw| {
        let (_, chances) = draw.probabilities();
        (chances.last().copied().unwrap_or(1.0), chances.first().copied().unwrap_or(1.0))
    };
    draws.iter().map(ends).fold((1.0, 1.0), |all, ends| (all.0 * ends.0, all.1 * ends.1))
}

fn exactly(draws: &[Draw], seen: usize) -> (f64, f64) {
    let (mut least, mut chances) = (0, vec![1.0]);
    for draw in draws {
        let (first, more) = draw.probabilities();
        let mut sums = vec![0.0; chances.len() + more.len() - 1];
        for (at, chance) in chances.iter().enumerate() {
            sums[at..].iter_mut().zip(&more).for_each(|(sum, more)| *sum += chance * more);
        }
        least += first;
        chances = sums;
    }
    let at = seen.saturating_sub(least).min(chances.len());
    let high: f64 = chances[at..].iter().sum();
    let low: f64 = chances[..chances.len().min(at + 1)].iter().sum();
    (high.min(1.0), low.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Few and many titles of the same draws: 300 digests of ten and two titles, of which three have it.
    #[test]
    fn saddlepoints_are_as_good_as_sums() {
        let draws = vec![Draw { all: 12, drawn: 2, with: 4 }; 300];
        // The mean is 200 and the standard deviation 12.06.
        for seen in [170, 181, 219, 230, 260] {
            let (high, low) = some_of_each(&draws, seen).expect("sums differ");
            let (exact_high, exact_low) = exactly(&draws, seen);
            let (got, exact) = if seen > 200 { (high, exact_high) } else { (low, exact_low) };
            assert!((got / exact - 1.0).abs() < 0.01, "{seen}: {got} {exact}");
        }
    }

    proptest! {
        #[test]
        fn draws_are_as_likely_as_counted(
            digests in prop::collection::vec((1usize..6, 0usize..6, 0usize..6), 1..4),
            at in 0usize..12,
        ) {
            let draws: Vec<Draw> =
                digests.iter().map(|(all, drawn, with)| Draw { all: *all, drawn: *drawn.min(all), with: *with.min(all) }).collect();
            // All ways to draw, each as likely: the first titles of a digest have it.
            let mut sums = vec![0usize];
            for Draw { all, drawn, with } in &draws {
                let sets: Vec<usize> = (0u32..1 << all)
                    .filter(|set| set.count_ones() as usize == *drawn)
                    .map(|set| (set & ((1 << with) - 1)).count_ones() as usize)
                    .collect();
                sums = sums.iter().flat_map(|sum| sets.iter().map(move |more| sum + more)).collect();
            }
            let seen = sums[at * (sums.len() - 1) / 11];
            let part = |holds: &dyn Fn(usize) -> bool| {
                sums.iter().filter(|sum| holds(**sum)).count() as f64 / sums.len() as f64
            };
            let (high, low) = exactly(&draws, seen);
            prop_assert!((high - part(&|sum| sum >= seen)).abs() < 1e-9, "{high}");
            let (most, least) = (sums.iter().max().copied(), sums.iter().min().copied());
            let ends = ends_of_each(&draws);
            prop_assert!((ends.0 - part(&|sum| Some(sum) == most)).abs() < 1e-9, "{ends:?}");
            prop_assert!((ends.1 - part(&|sum| Some(sum) == least)).abs() < 1e-9, "{ends:?}");
            prop_assert!((low - part(&|sum| sum <= seen)).abs() < 1e-9, "{low}");
        }
    }
}
