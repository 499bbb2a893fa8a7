//! The odds ratio of a word's use in two groups of texts: how many times as likely a text of one has it, where few texts do.
//!
//! Half a use is added to each of the four counts, so that a word that one group never has gets a finite ratio (Haldane 1956,
//! "The estimation and significance of the logarithm of a ratio of frequencies", Annals of Human Genetics 20(4)). The 95%
//! interval of the logarithm is the wider of two: that of Gart (1966, "Alternative analyses of contingency tables",
//! Journal of the Royal Statistical Society B 28(1)), √Σ1/(count + ½) with the normal quantile, which takes texts as
//! independent, and that of the block jackknife as for differences of shares, which sees no variance in a group without uses.

use super::blocks::{Blocks, jackknife};

/// The normal quantile of 95% intervals.
const NORMAL: f64 = 1.959_963_984_540_054;

/// The natural logarithm of an odds ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogOddsRatio {
    /// The logarithm: above 0 where the first group uses the word more.
    pub value: f64,
    /// Half the width of its 95% interval; none where there are fewer than three blocks.
    pub half_width: Option<f64>,
}

impl LogOddsRatio {
    /// Returns the end of the interval that is nearer to 0 if the first group uses the word more; without an interval the value.
    pub fn low(&self) -> f64 {
        self.value - self.half_width.unwrap_or_default()
    }

    /// Returns the other end.
    pub fn high(&self) -> f64 {
        self.value + self.half_width.unwrap_or_default()
    }
}

/// Odds ratios of words in the samples of two groups.
pub struct OddsRatios {
    blocks: Vec<Blocks>,
    /// The sample sizes of both groups in each block, by the length of blocks.
    sizes: Vec<Vec<[f64; 2]>>,
    totals: [f64; 2],
}

impl OddsRatios {
    /// Takes the day of each sample, and the sample sizes of both groups.
    pub fn new(days: &[i32], sizes: &[[f64; 2]]) -> Self {
        let blocks = Blocks::of_days(days);
        let counted = |blocks: &Blocks| blocks.sums(sizes.iter().copied().enumerate());
        Self { sizes: blocks.iter().map(counted).collect(), totals: sum(sizes), blocks }
    }

    /// Returns the odds ratio of a word. Takes the places of the samples that have it, with its uses in both groups.
    pub fn of(&self, uses: &[(usize, [f64; 2])]) -> LogOddsRatio {
        let total = sum(uses.iter().map(|(_, uses)| uses));
        let value = log_ratio(total, self.totals);
        let of_blocks = |(blocks, sizes): (&Blocks, &Vec<[f64; 2]>)| {
            let less = |from: [f64; 2], by: &[f64; 2]| [from[0] - by[0], from[1] - by[1]];
            let without =
                |(uses, sizes): (&[f64; 2], &[f64; 2])| log_ratio(less(total, uses), less(self.totals, sizes));
            let uses = blocks.sums(uses.iter().copied());
            jackknife(&uses.iter().zip(sizes).map(without).collect::<Vec<f64>>())
        };
        let half_width = self.blocks.iter().zip(&self.sizes).map(of_blocks).reduce(f64::max);
        LogOddsRatio { value, half_width: half_width.map(|half| half.max(independent(total, self.totals))) }
    }
}

fn sum<'a>(counts: impl IntoIterator<Item = &'a [f64; 2]>) -> [f64; 2] {
    counts.into_iter().fold([0.0; 2], |sum, [here, there]| [sum[0] + here, sum[1] + there])
}

/// Returns the logarithm of the ratio, with half a use added to each count.
fn log_ratio([used, used_there]: [f64; 2], [all, all_there]: [f64; 2]) -> f64 {
    let odds = |used: f64, all: f64| (used + 0.5) / (all - used + 0.5);
    (odds(used, all) / odds(used_there, all_there)).ln()
}

/// Returns half the width of the interval of independent texts.
fn independent(used: [f64; 2], all: [f64; 2]) -> f64 {
    let cells = [used[0], all[0] - used[0], used[1], all[1] - used[1]];
    NORMAL * cells.map(|count| 1.0 / (count + 0.5)).iter().sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;
    use crate::statistics::planted::{CASES, is_covered, runs, stories};

    #[test]
    #[expect(clippy::print_stdout, reason = "what a long run is for")]
    fn intervals_cover_where_stories_last_three_days() {
        let (all, mut rng) = (runs(100), Rng::with_seed(1956));
        for (share, days) in CASES {
            let odds = |share: f64| share / (1.0 - share);
            for part in [1.0, 0.25] {
                let truth = (odds(share) / odds(share * part)).ln();
                let covers = |rng: &mut Rng| {
                    let (here, there) = (stories(days, share, rng), stories(days, share * part, rng));
                    let both =
                        || here.iter().zip(&there).map(|((day, [a, n]), (_, [b, m]))| (*day, [*a, *b], [*n, *m]));
                    let days: Vec<i32> = both().map(|(day, ..)| day).collect();
                    let ratios = OddsRatios::new(&days, &both().map(|(.., sizes)| sizes).collect::<Vec<_>>());
                    let uses: Vec<_> = both().map(|(_, uses, _)| uses).enumerate().collect();
                    let ratio = ratios.of(&uses);
                    assert!(ratio.half_width.is_some());
                    ratio.low() <= truth && truth <= ratio.high()
                };
                let covered = (0..all).filter(|_| covers(&mut rng)).count();
                println!("odds {share} to {}, {days} digests: {covered} of {all} intervals cover", share * part);
                assert!(is_covered(covered, all), "{covered} of {all}: from share {share}, {days} digests");
            }
        }
    }

    #[test]
    fn a_word_of_one_group_has_a_finite_ratio() {
        let days: Vec<i32> = (0..30).collect();
        let ratios = OddsRatios::new(&days, &[[10.0, 10.0]; 30]);
        let uses: Vec<(usize, [f64; 2])> = (0..20).map(|day| (day, [1.0, 0.0])).collect();
        let ratio = ratios.of(&uses);
        // (20.5/280.5)/(0.5/300.5)
        assert!((ratio.value - 43.923_f64.ln()).abs() < 1e-4, "{ratio:?}");
        assert!(ratio.low() > 0.5 && ratio.high() < 7.0, "{ratio:?}");
        let two = OddsRatios::new(&days[..2], &[[10.0, 10.0]; 2]);
        assert_eq!(two.of(&uses[..2]).half_width, None);
    }
}
