//! The tail probability of a sum of many random numbers.

use super::normal::normal;

/// The cumulant generating function of a sum at a point, and its first two derivatives.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cumulants {
    k: f64,
    first: f64,
    second: f64,
}

impl Cumulants {
    /// Of one number, which has values with their probabilities.
    pub fn of(values: impl Iterator<Item = (f64, f64)>, s: f64) -> Self {
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

    pub fn plus(self, other: Self) -> Self {
        Self { k: self.k + other.k, first: self.first + other.first, second: self.second + other.second }
    }
}

/// The probability of a sum at least so far from its mean, on the side where it is: Lugannani and Rice 1980, "Saddle point
/// approximation for the distribution of the sum of independent random variables", Advances in Applied Probability 12(2).
pub fn beyond(above: f64, variance: f64, cumulants: impl Fn(f64) -> Cumulants) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::tail::one_of_each;

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
}
