//! Whole sources reassigned to two sides, each of which keeps its number of sources: a word that one or two large sources
//! carry depends on which side these are on.

use fastrand::Rng;
use statrs::function::factorial::binomial;

/// So many random assignments are drawn, the same each time. Where there are no more in all, each counts once.
const ARRANGEMENTS: usize = 9_999;
const SEED: u64 = 1937;

/// The counts of a source: whether it is of the group, its number of texts with a term, and its number of texts.
pub type SourceCounts = (bool, f64, f64);

/// Returns the probability that a group has as much more, or less, of a term if as many sources as it has are drawn for it from
/// all (Pitman 1937, "Significance tests which may be applied to samples from any populations", Supplement to the Journal of
/// the Royal Statistical Society 4(1)): twice the smaller tail, 1 at most. A source with n texts of which y have the term
/// has the score y − n·Σy/Σn; scores of drawn sources are added. Of random assignments b of B are as extreme, and the tail is
/// (b + 1)/(B + 1) (Phipson and Smyth 2010).
pub fn reassigned(sources: &[SourceCounts]) -> f64 {
    let (y, n) = sources.iter().fold((0.0, 0.0), |sums, (_, y, n)| (sums.0 + y, sums.1 + n));
    let scores: Vec<f64> = sources.iter().map(|(_, y_of, n_of)| y_of - n_of * y / n).collect();
    let here = sources.iter().filter(|(is_here, ..)| *is_here).count();
    // All scores add up to 0: a draw of the others is the same draw, with the opposite sum.
    let is_smaller = here <= sources.len() / 2;
    let drawn = here.min(sources.len() - here);
    let of_smaller = sources.iter().zip(&scores).filter(|((is_here, ..), _)| *is_here == is_smaller);
    let seen: f64 = of_smaller.map(|(_, score)| score).sum();
    let mut tails = Tails { seen, high: 0, low: 0, all: 0 };
    if binomial(scores.len() as u64, drawn as u64) <= ARRANGEMENTS as f64 {
        each_draw(&scores, drawn, 0.0, &mut tails);
    } else {
        tails.add(seen);
        random_draws(scores, drawn, &mut tails);
    }
    (2.0 * tails.high.min(tails.low) as f64 / tails.all as f64).min(1.0)
}

/// The numbers of sums at least and at most as great as the observed one, and of all.
struct Tails {
    seen: f64,
    high: usize,
    low: usize,
    all: usize,
}

impl Tails {
    fn add(&mut self, sum: f64) {
        // Sums of the same numbers in another order differ a little.
        const SAME: f64 = 1e-9;
        self.high += usize::from(sum >= self.seen - SAME);
        self.low += usize::from(sum <= self.seen + SAME);
        self.all += 1;
    }
}

/// Adds the sums of all draws of so many numbers.
fn each_draw(numbers: &[f64], drawn: usize, sum: f64, tails: &mut Tails) {
    if drawn == 0 {
        return tails.add(sum);
    }
    for at in 0..=numbers.len() - drawn {
        each_draw(&numbers[at + 1..], drawn - 1, sum + numbers[at], tails);
    }
}

fn random_draws(mut numbers: Vec<f64>, drawn: usize, tails: &mut Tails) {
    let mut rng = Rng::with_seed(SEED);
    for _ in 0..ARRANGEMENTS {
        for at in 0..drawn {
            let other = rng.usize(at..numbers.len());
            numbers.swap(at, other);
        }
        tails.add(numbers[..drawn].iter().sum());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One source of six has 23 of 26 texts with the word: it is drawn in 6 of 206 assignments.
    #[test]
    fn what_one_source_carries_is_as_likely_as_that_source() {
        let small = |is_here: bool| (is_here, 0.0, 4.0);
        let large = (true, 23.0, 900.0);
        let sources: Vec<SourceCounts> =
            [large].into_iter().chain([small(true); 5]).chain([small(false); 200]).collect();
        let p = reassigned(&sources);
        let expected = 2.0 * 6.0 / 206.0;
        // Four standard errors of 9,999 assignments.
        assert!((p - expected).abs() < 4.0 * 2.0 * (0.029f64 * 0.971 / 9999.0).sqrt(), "{p} {expected}");
    }
}
