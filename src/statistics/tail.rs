//! The probability that a sum of numbers drawn at random is at least as great, or at most as small, as an observed one. Random
//! arrangements can't tell a chance of one in a thousand from one in a million, and among thousands of terms only the
//! latter is no accident: so the whole distribution of the sum is worked out, on a grid.

mod grid;
mod normal;
mod of_each;
mod saddlepoint;

use statrs::function::factorial::ln_binomial;

use grid::Grid;
use normal::normal;
pub use of_each::{Draw, ends_of_each, some_of_each};
use saddlepoint::{Cumulants, beyond};

/// From so many numbers on, the grid would take long.
const MANY: usize = 100;

/// The probabilities that a sum is at least, and at most, what was seen, where one number of each list is in it, each as
/// likely. None where there is only one sum.
pub fn one_of_each(lists: &[Vec<f64>], seen: f64) -> Option<(f64, f64)> {
    const STEPS: usize = 2048;
    let means: Vec<f64> = lists.iter().map(|list| mean(list)).collect();
    let variance: f64 = lists.iter().zip(&means).map(|(list, mean)| squares(list, *mean) / list.len() as f64).sum();
    let above = seen - means.iter().sum::<f64>();
    let cumulants = |s: f64| {
        let of_list = |(list, mean): (&Vec<f64>, &f64)| {
            Cumulants::of(list.iter().map(|number| (number - mean, 1.0 / list.len() as f64)), s)
        };
        lists.iter().zip(&means).map(of_list).fold(Cumulants::default(), Cumulants::plus)
    };
    tails(variance, above, lists.len() >= MANY, cumulants, || {
        let reach = |end: fn(f64, f64) -> f64| {
            let of_list =
                |(list, mean): (&Vec<f64>, &f64)| list.iter().map(|number| number - mean).fold(0.0, end).abs();
            lists.iter().zip(&means).map(of_list).sum::<f64>()
        };
        let mut grid = Grid::new(reach(f64::min).max(reach(f64::max)), STEPS, lists.len());
        for (list, mean) in lists.iter().zip(&means) {
            let mut next = grid.empty();
            list.iter().for_each(|number| next.add(&grid, number - mean, 1.0 / list.len() as f64));
            grid = next;
        }
        grid.tails(above, lists.len())
    })
}

/// Returns the probabilities that the sum of so many numbers of a list, drawn without replacement, is at least, and at most,
/// one that such a draw gave. Neither is below that of a single draw, 1/C(numbers, drawn). None where there is only one sum.
pub fn some_of(list: &[f64], drawn: usize, seen: f64) -> Option<(f64, f64)> {
    if drawn > list.len() / 2 {
        // What is left is a draw of fewer numbers, and as probable.
        let (high, low) = some_of(list, list.len() - drawn, list.iter().sum::<f64>() - seen)?;
        return Some((low, high));
    }
    let least = least_of_draws(list.len(), drawn);
    let (high, low) = few_of(list, drawn, seen, least)?;
    Some((high.max(least), low.max(least)))
}

/// Returns the probability of a single draw of so many numbers, without replacement: 1/C(numbers, drawn).
pub fn least_of_draws(numbers: usize, drawn: usize) -> f64 {
    (-ln_binomial(numbers as u64, drawn as u64)).exp()
}

/// Returns the same for at most half of the numbers, a draw of which has the probability `least`.
fn few_of(list: &[f64], drawn: usize, seen: f64, least: f64) -> Option<(f64, f64)> {
    const STEPS: usize = 1024;
    let (all, mean) = (list.len() as f64, mean(list));
    let part = drawn as f64 / all;
    let variance = part * (1.0 - part) * squares(list, mean) * all / (all - 1.0).max(1.0);
    let above = seen - mean * drawn as f64;
    // Of many numbers each is drawn nearly as if by itself.
    let cumulants = |s: f64| {
        let of_number = |number: &f64| Cumulants::of([(number - mean, part), (0.0, 1.0 - part)].into_iter(), s);
        list.iter().map(of_number).fold(Cumulants::default(), Cumulants::plus)
    };
    tails(variance, above, list.len() >= MANY, cumulants, || {
        let mut sorted: Vec<f64> = list.iter().map(|number| number - mean).collect();
        sorted.sort_by(f64::total_cmp);
        let lowest: f64 = sorted.iter().take(drawn).map(|number| number.min(0.0)).sum();
        let highest: f64 = sorted.iter().rev().take(drawn).map(|number| number.max(0.0)).sum();
        let start = Grid::new(highest.max(-lowest), STEPS, drawn);
        // By how many numbers were drawn so far.
        let mut grids: Vec<Grid> = (0..=drawn).map(|_| start.empty()).collect();
        grids[0] = start;
        for (at, number) in list.iter().enumerate() {
            let left = (list.len() - at) as f64;
            for k in (0..=drawn.min(at)).rev() {
                let take = ((drawn - k) as f64 / left).min(1.0);
                if k < drawn {
                    let (before, behind) = grids.split_at_mut(k + 1);
                    behind[0].add(&before[k], number - mean, take);
                }
                grids[k].scale(1.0 - take);
            }
        }
        let (high, low) = grids[drawn].tails(above, drawn);
        // The observed draw is one of all.
        debug_assert!(high.min(low) >= least * (1.0 - 1e-6), "{high} {low}: {drawn} of {list:?}");
        (high, low)
    })
}

/// Returns the probabilities of at least, and at most, a sum that is so much above its mean: near the mean from the normal
/// distribution, since no finding depends on them; of many numbers by a saddlepoint, which is as good as exact for them.
/// None without variance.
fn tails(
    variance: f64,
    above: f64,
    is_many: bool,
    cumulants: impl Fn(f64) -> Cumulants,
    exactly: impl FnOnce() -> (f64, f64),
) -> Option<(f64, f64)> {
    const NO_SURPRISE: f64 = 1.5;
    // Numbers are counts less their means, so that sums are about one apart, and each represents half of that around it.
    const HALF: f64 = 0.5;
    if variance <= 1e-12 {
        return None;
    }
    let t = above / variance.sqrt();
    Some(match t.abs() {
        t if t >= NO_SURPRISE && !is_many => exactly(),
        t if t >= NO_SURPRISE => {
            let beyond = beyond(above - HALF.copysign(above), variance, cumulants);
            if above > 0.0 { (beyond, 1.0 - beyond) } else { (1.0 - beyond, beyond) }
        }
        _ => (normal(t), normal(-t)),
    })
}

fn mean(list: &[f64]) -> f64 {
    list.iter().sum::<f64>() / list.len().max(1) as f64
}

fn squares(list: &[f64], mean: f64) -> f64 {
    list.iter().map(|number| (number - mean).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Now and then one is far greater than the others.
    fn number() -> impl Strategy<Value = f64> {
        (-20i32..20, prop::bool::weighted(0.1))
            .prop_map(|(n, is_great)| f64::from(n) / if is_great { 0.1 } else { 7.0 })
    }

    /// Where it is a surprise, it is never less probable than all sums say, and not more than sums a little nearer do.
    fn check(sums: &[f64], seen: f64, got: Option<(f64, f64)>) {
        let (mean, n) = (mean(sums), sums.len() as f64);
        let deviation = (squares(sums, mean) / n).sqrt();
        let Some((high, low)) = got else {
            assert!(deviation < 1e-5);
            return;
        };
        if (seen - mean).abs() < 1.5 * deviation {
            return;
        }
        let part = |holds: &dyn Fn(f64) -> bool| sums.iter().filter(|sum| holds(**sum)).count() as f64 / n;
        let slack = 0.25 * deviation;
        let nearly = |chance: f64| chance * (1.0 - 1e-4);
        let (least, most) = (part(&|sum| sum >= seen - 1e-9), part(&|sum| sum >= seen - slack));
        assert!(high >= nearly(least) && high <= most + 1e-9, "{high} is not from {least} to {most}");
        let (least, most) = (part(&|sum| sum <= seen + 1e-9), part(&|sum| sum <= seen + slack));
        assert!(low >= nearly(least) && low <= most + 1e-9, "{low} is not from {least} to {most}");
    }

    /// A few of many numbers are great, the others alike: how many of the great ones are drawn is hypergeometric.
    #[test]
    fn draws_from_many_are_as_likely_as_counted() {
        // By other means than the code.
        let ln_choose =
            |n: f64, k: f64| (1..=k as i32).map(|i| ((n - k + f64::from(i)) / f64::from(i)).ln()).sum::<f64>();
        for (n, great, drawn) in
            [(200, 10, 3), (200, 10, 10), (200, 10, 40), (400, 40, 8), (400, 6, 100), (1000, 30, 200)]
        {
            let list: Vec<f64> = (0..n).map(|at| if at < great { 1.0 } else { -0.01 }).collect();
            let [n, all, k] = [n, great, drawn].map(f64::from);
            let at = |x: f64| (ln_choose(all, x) + ln_choose(n - all, k - x) - ln_choose(n, k)).exp();
            let most = all.min(k) as i32;
            for x in 1..=most {
                let exact: f64 = (x..=most).map(f64::from).map(at).sum();
                let seen = f64::from(x) - 0.01 * (k - f64::from(x));
                let (high, _) = some_of(&list, drawn as usize, seen).expect("sums differ");
                // Chance is never thought less of than it is; of few draws it is thought more of.
                if exact < 0.05 && exact > 1e-9 {
                    assert!(
                        high >= exact * 0.99 && (k < 40.0 || high < exact * 2.0),
                        "{n} {all} {k} {x}: {high} {exact}"
                    );
                }
            }
        }
    }

    /// Of 68 weeks the last one or two, one of which has by far the most: all other draws give less.
    #[test]
    fn no_draw_is_rarer_than_one_of_all() {
        for (drawn, draws) in [(1, 68.0), (2, 2278.0), (3, 50116.0)] {
            let mut list: Vec<f64> = (0..68).map(|at| f64::from(at % 5) * 0.01 - 0.3).collect();
            (0..drawn).for_each(|at| list[67 - at] = 9.0);
            let seen: f64 = list[68 - drawn..].iter().sum();
            let (high, low) = some_of(&list, drawn, seen).expect("sums differ");
            assert!((high * draws - 1.0).abs() < 1e-6 && low > 0.999, "{drawn}: {high} {low}");
            let others = list[..68 - drawn].iter().sum();
            let (high_of_others, low_of_others) = some_of(&list, 68 - drawn, others).expect("sums differ");
            assert!((low_of_others - high).abs() < 1e-9 && (high_of_others - low).abs() < 1e-9);
        }
    }

    proptest! {
        #[test]
        fn some_and_those_left_are_as_likely(
            list in prop::collection::vec(number(), 6..150),
            at in 0.0..1.0,
            order in prop::collection::vec(0.0f64..1.0, 150),
        ) {
            let drawn = 1 + (at * (list.len() - 1) as f64) as usize;
            let mut places: Vec<usize> = (0..list.len()).collect();
            places.sort_by(|a, b| order[*a].total_cmp(&order[*b]));
            let sum = |places: &[usize]| places.iter().map(|at| list[*at]).sum::<f64>();
            let (some, left) = places.split_at(drawn);
            let least = (-ln_binomial(list.len() as u64, drawn as u64)).exp();
            if let Some((high, low)) = some_of(&list, drawn, sum(some)) {
                prop_assert!(high >= least * (1.0 - 1e-9) && low >= least * (1.0 - 1e-9));
                let (other_high, other_low) = some_of(&list, left.len(), sum(left)).unwrap_or_default();
                // Half of an even number is left as it is, and the steps of the grid differ in its two directions.
                let is_same = (other_low - high).abs() < 1e-9 && (other_high - low).abs() < 1e-9;
                prop_assert!(is_same || 2 * drawn == list.len(), "{high} {low} {other_high} {other_low}");
            }
        }

        #[test]
        fn sums_are_as_likely_as_counted(
            lists in prop::collection::vec(prop::collection::vec(number(), 2..4), 1..8),
            at in 0.0..1.0,
        ) {
            let mut sums = vec![0.0];
            for list in &lists {
                sums = sums.iter().flat_map(|sum| list.iter().map(move |number| sum + number)).collect();
            }
            sums.sort_by(f64::total_cmp);
            let seen = sums[(at * sums.len() as f64) as usize];
            check(&sums, seen, one_of_each(&lists, seen));
        }

        #[test]
        fn draws_are_as_likely_as_counted(list in prop::collection::vec(number(), 2..11), drawn in 1usize..9, at in 0.0..1.0) {
            let drawn = drawn.min(list.len());
            let sets = (0u32..1 << list.len()).filter(|set| set.count_ones() as usize == drawn);
            let sum = |set: u32| list.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, n)| n).sum::<f64>();
            let mut sums: Vec<f64> = sets.map(sum).collect();
            sums.sort_by(f64::total_cmp);
            let seen = sums[(at * sums.len() as f64) as usize];
            check(&sums, seen, some_of(&list, drawn, seen));
        }
    }
}
