//! How probable it is that a sum of numbers drawn at random is as great as one that was seen, or as small. Random
//! arrangements can't tell a chance of one in a thousand from one in a million, and among thousands of terms only the
//! latter is no accident: so the whole distribution of the sum is worked out, on a grid.

/// The grid reaches so many standard deviations to either side.
const REACH: f64 = 8.0;

/// A grid is made of sums by steps: each number stands between two of them, and its chance is parted between these. That
/// keeps the mean and makes the sum vary a little more, so that chance is never thought less of than it is.
struct Grid {
    /// The chance of each sum, the mean in the middle.
    chances: Vec<f64>,
    step: f64,
}

impl Grid {
    fn new(deviation: f64, steps: usize) -> Self {
        let mut chances = vec![0.0; 2 * steps + 1];
        chances[steps] = 1.0;
        Self { chances, step: REACH * deviation / steps as f64 }
    }

    fn empty(&self) -> Self {
        Self { chances: vec![0.0; self.chances.len()], step: self.step }
    }

    /// Adds the sums of another grid, all greater by a number and so many times as probable. What leaves the grid stays at
    /// its end.
    fn add(&mut self, other: &Self, number: f64, chance: f64) {
        let by = number / self.step;
        let (below, rest) = (by.floor(), by - by.floor());
        for (by, chance) in [(below as isize, chance * (1.0 - rest)), (below as isize + 1, chance * rest)] {
            if chance > 0.0 {
                self.shifted(other, by, chance);
            }
        }
    }

    fn shifted(&mut self, other: &Self, by: isize, chance: f64) {
        let last = self.chances.len() - 1;
        let cut = by.unsigned_abs().min(last + 1);
        let (from, to, gone, end) = match by >= 0 {
            true => (&other.chances[..=last - cut.min(last)], cut, &other.chances[last + 1 - cut..], last),
            false => (&other.chances[cut.min(last)..], 0, &other.chances[..cut], 0),
        };
        if cut <= last {
            self.chances[to..].iter_mut().zip(from).for_each(|(sum, other)| *sum += other * chance);
        }
        self.chances[end] += gone.iter().sum::<f64>() * chance;
    }

    /// The probability of at least a sum and that of at most it, where it is so much above the mean and made of so many
    /// numbers.
    fn tails(&self, above: f64, numbers: usize) -> (f64, f64) {
        let middle = (self.chances.len() / 2) as f64;
        // A sum is spread over some steps: each number adds a variance of 1/4 at most, and four deviations are enough.
        let spread = 2.0 * (numbers as f64).sqrt() + 1.0;
        let at = |steps: f64| steps.clamp(0.0, (self.chances.len() - 1) as f64) as usize;
        let from = at((middle + above / self.step - spread).floor());
        let to = at((middle + above / self.step + spread).ceil());
        (self.chances[from..].iter().sum::<f64>().min(1.0), self.chances[..=to].iter().sum::<f64>().min(1.0))
    }
}

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
    told_by(variance, above, lists.len(), cumulants, || {
        let mut grid = Grid::new(variance.sqrt(), STEPS);
        for (list, mean) in lists.iter().zip(&means) {
            let mut next = grid.empty();
            list.iter().for_each(|number| next.add(&grid, number - mean, 1.0 / list.len() as f64));
            grid = next;
        }
        grid.tails(above, lists.len())
    })
}

/// The probabilities that the sum of so many numbers of a list, drawn without putting back, is at least, and at most, what
/// was seen. None where there is only one sum.
pub fn some_of(list: &[f64], drawn: usize, seen: f64) -> Option<(f64, f64)> {
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
    told_by(variance, above, list.len(), cumulants, || {
        let start = Grid::new(variance.sqrt(), STEPS);
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
                grids[k].chances.iter_mut().for_each(|chance| *chance *= 1.0 - take);
            }
        }
        grids[drawn].tails(above, list.len())
    })
}

/// What is no surprise is told by the normal distribution, since nothing hangs on it. Sums of many numbers, for which the
/// grid would take long, are told by their saddlepoint, which is as good as exact for them.
fn told_by(
    variance: f64,
    above: f64,
    numbers: usize,
    cumulants: impl Fn(f64) -> Cumulants,
    exactly: impl FnOnce() -> (f64, f64),
) -> Option<(f64, f64)> {
    const NO_SURPRISE: f64 = 1.5;
    const MANY: usize = 100;
    if variance <= 1e-12 {
        return None;
    }
    let t = above / variance.sqrt();
    Some(match t.abs() {
        t if t >= NO_SURPRISE && numbers < MANY => exactly(),
        t if t >= NO_SURPRISE => {
            let beyond = beyond(above, variance, cumulants);
            if above > 0.0 { (beyond, 1.0 - beyond) } else { (1.0 - beyond, beyond) }
        }
        _ => (normal(t), normal(-t)),
    })
}

/// The probability of more in a normal distribution.
fn normal(t: f64) -> f64 {
    libm::erfc(t / std::f64::consts::SQRT_2) / 2.0
}

/// The cumulant generating function of a sum at a point, and its first two derivatives.
#[derive(Debug, Clone, Copy, Default)]
struct Cumulants {
    k: f64,
    first: f64,
    second: f64,
}

impl Cumulants {
    /// Of one number, which has values with their probabilities.
    fn of(values: impl Iterator<Item = (f64, f64)>, s: f64) -> Self {
        let (mut all, mut first, mut second) = (0.0, 0.0, 0.0);
        for (value, chance) in values {
            let weight = chance * (s * value).exp();
            all += weight;
            first += weight * value;
            second += weight * value * value;
        }
        let mean = first / all;
        Self { k: all.ln(), first: mean, second: second / all - mean * mean }
    }

    fn plus(self, other: Self) -> Self {
        Self { k: self.k + other.k, first: self.first + other.first, second: self.second + other.second }
    }
}

/// The probability of a sum at least so far from its mean, on the side where it is: Lugannani and Rice 1980, "Saddle point
/// approximation for the distribution of the sum of independent random variables", Advances in Applied Probability 12(2).
fn beyond(above: f64, variance: f64, cumulants: impl Fn(f64) -> Cumulants) -> f64 {
    // The saddlepoint is where the first derivative is the sum. It is found by Newton's method, kept within what is known.
    let sign = above.signum();
    let (mut low, mut high, mut s) = (0.0, f64::INFINITY, above.abs() / variance);
    for _ in 0..100 {
        let at = cumulants(sign * s);
        let miss = sign * at.first - above.abs();
        if miss.abs() < 1e-9 * above.abs() || at.second < 1e-12 * variance {
            break;
        }
        if miss > 0.0 {
            high = s
        } else {
            low = s
        }
        let next = s - miss / at.second;
        s = if next > low && next < high {
            next
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            s * 2.0
        };
    }
    let at = cumulants(sign * s);
    let w = (2.0 * (s * above.abs() - at.k)).max(0.0).sqrt();
    let v = s * at.second.max(1e-300).sqrt();
    let density = (-w * w / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (normal(w) + density * (1.0 / v - 1.0 / w)).clamp(0.0, 1.0)
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

    fn number() -> impl Strategy<Value = f64> {
        (-20i32..20).prop_map(|n| f64::from(n) / 7.0)
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

    #[test]
    fn saddlepoints_are_as_good_as_the_grid() {
        let mut rng = fastrand::Rng::with_seed(1);
        for n in [30, 99] {
            let lists: Vec<Vec<f64>> = (0..n)
                .map(|_| {
                    let u = rng.f64() + 0.1;
                    vec![u, -u]
                })
                .collect();
            let deviation = lists.iter().map(|list| list[0] * list[0]).sum::<f64>().sqrt();
            for t in [1.6, 2.5, 4.0, -3.0] {
                let seen = t * deviation;
                let grid = one_of_each(&lists, seen).expect("sums differ");
                let of_list = |list: &Vec<f64>, s| Cumulants::of(list.iter().map(|u| (*u, 0.5)), s);
                let all = |s| lists.iter().map(|list| of_list(list, s)).fold(Cumulants::default(), Cumulants::plus);
                let got = beyond(seen, deviation * deviation, all);
                let grid = grid.0.min(grid.1);
                // The grid errs to the side of chance.
                assert!(got < grid * 1.02 && got > grid * 0.6, "{n} {t}: {got} {grid}");
            }
        }
    }

    proptest! {
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
