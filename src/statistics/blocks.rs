//! Digests in blocks of neighbouring days. Titles of one story are alike, and a story stays in the digests for some days:
//! so digests are no independent observations, but blocks of them nearly are.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The lengths of blocks, in days, and how many blocks there must be. Fewer than three say nothing about how much they vary.
/// Of stories that last three days in the mean some last a week or more, so that intervals from blocks of a week are too narrow;
/// but few blocks of a fortnight make intervals several times as wide.
const BLOCKS: [(i32, usize); 4] = [(1, 3), (3, 3), (7, 3), (14, 10)];

/// The counts of a digest, with its day as a number: matches and sample sizes.
pub type Counted<const N: usize> = (i32, [f64; N]);

/// Returns the number of the block of so many days that a day is in. Where days are numbered from a Monday, blocks of a
/// week begin on Mondays.
pub fn block_of(day: i32, length: i32) -> i32 {
    day.div_euclid(length)
}

/// Observations in blocks of so many days.
pub struct Blocks {
    /// The block of each observation.
    of: Vec<usize>,
    count: usize,
}

impl Blocks {
    /// Returns the blocks of each length that gives enough of them, the shortest first. Takes the day of each observation.
    pub fn of_days(days: &[i32]) -> Vec<Self> {
        let blocks = BLOCKS.iter().map(|(length, least)| (Self::of_length(days, *length), *least));
        blocks.filter(|(blocks, least)| blocks.count >= *least).map(|(blocks, _)| blocks).collect()
    }

    fn of_length(days: &[i32], length: i32) -> Self {
        let mut blocks: Vec<i32> = days.iter().map(|day| block_of(*day, length)).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let place = |day: &i32| blocks.partition_point(|block| *block < block_of(*day, length));
        Self { of: days.iter().map(place).collect(), count: blocks.len() }
    }

    /// Returns the sums of counts by block. Takes the place of an observation with each.
    pub fn sums<const N: usize>(&self, counts: impl IntoIterator<Item = (usize, [f64; N])>) -> Vec<[f64; N]> {
        let mut sums = vec![[0.0; N]; self.count];
        for (at, counts) in counts {
            sums[self.of[at]].iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        sums
    }
}

/// Returns digests that have a sample in blocks of each length that gives enough of them, the shortest first.
pub fn all_blocks<const N: usize>(digests: &[Counted<N>]) -> Vec<Vec<[f64; N]>> {
    let (days, counts): (Vec<i32>, Vec<[f64; N]>) =
        digests.iter().copied().filter(|(_, counts)| counts.iter().any(|count| *count > 0.0)).unzip();
    Blocks::of_days(&days).iter().map(|blocks| blocks.sums(counts.iter().copied().enumerate())).collect()
}

/// Returns the 97.5th percentile of Student's t with blocks − 1 degrees of freedom: 95% intervals reach as many standard
/// errors to either side.
pub fn t_of(blocks: usize) -> f64 {
    let t = StudentsT::new(0.0, 1.0, blocks.saturating_sub(1).max(1) as f64);
    t.map_or(f64::INFINITY, |t| t.inverse_cdf(0.975))
}

/// Returns half the width of a 95% interval by the block jackknife (Künsch 1989, "The jackknife and the bootstrap for general
/// stationary observations", Annals of Statistics 17(3)): with B values θ_b, each without one block,
/// v = (B − 1)/B · Σ(θ_b − θ̄)², and t·√v to either side, t for B − 1 degrees of freedom.
pub fn jackknife(without: &[f64]) -> f64 {
    let count = without.len() as f64;
    let mean = without.iter().sum::<f64>() / count;
    let squares: f64 = without.iter().map(|value| (value - mean).powi(2)).sum();
    // Rounding leaves some 1e-16 of a variance of nothing.
    if squares < 1e-24 { 0.0 } else { t_of(without.len()) * ((count - 1.0) / count * squares).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_neighbouring_days_are_added() {
        let digests = [(6, [1.0, 10.0]), (7, [2.0, 10.0]), (13, [3.0, 10.0]), (14, [0.0, 10.0]), (30, [0.0, 0.0])];
        let blocks = all_blocks(&digests);
        assert_eq!(blocks.iter().map(Vec::len).collect::<Vec<_>>(), [4, 3]);
        assert_eq!(blocks[1], [[1.0, 10.0], [5.0, 20.0], [0.0, 10.0]]);
    }
}
