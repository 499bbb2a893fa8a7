//! The distribution of a sum of random numbers, worked out step by step.

/// The grid reaches so many standard deviations to either side, and so many beyond the sum that was seen: of few numbers
/// one may be many deviations great.
const REACH: f64 = 8.0;
const BEYOND: f64 = 1.0;

/// A grid is made of sums by steps: each number stands between two of them, and its chance is parted between these. That
/// keeps the mean and makes the sum vary a little more, so that chance is never thought less of than it is.
pub struct Grid {
    /// The chance of each sum, the mean in the middle.
    pub chances: Vec<f64>,
    /// The chance of having been below, or above, all of these once: such a sum is thought to stay there.
    pub outside: [f64; 2],
    step: f64,
}

impl Grid {
    /// Of no number yet, for sums of this deviation of which one was seen so much above the mean.
    pub fn new(deviation: f64, above: f64, steps: usize) -> Self {
        let mut chances = vec![0.0; 2 * steps + 1];
        chances[steps] = 1.0;
        let reach = (REACH * deviation).max(above.abs() + BEYOND * deviation);
        Self { chances, outside: [0.0; 2], step: reach / steps as f64 }
    }

    pub fn empty(&self) -> Self {
        Self { chances: vec![0.0; self.chances.len()], outside: [0.0; 2], step: self.step }
    }

    /// Makes all sums so many times as probable.
    pub fn scale(&mut self, by: f64) {
        self.chances.iter_mut().chain(&mut self.outside).for_each(|chance| *chance *= by);
    }

    /// Adds the sums of another grid, all greater by a number and so many times as probable.
    pub fn add(&mut self, other: &Self, number: f64, chance: f64) {
        let by = number / self.step;
        let (below, rest) = (by.floor(), by - by.floor());
        self.outside.iter_mut().zip(other.outside).for_each(|(sum, other)| *sum += other * chance);
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
            true => (&other.chances[..=last - cut.min(last)], cut, &other.chances[last + 1 - cut..], 1),
            false => (&other.chances[cut.min(last)..], 0, &other.chances[..cut], 0),
        };
        if cut <= last {
            self.chances[to..].iter_mut().zip(from).for_each(|(sum, other)| *sum += other * chance);
        }
        self.outside[end] += gone.iter().sum::<f64>() * chance;
    }

    /// The probability of at least a sum and that of at most it, where it is so much above the mean and made of so many
    /// numbers.
    pub fn tails(&self, above: f64, numbers: usize) -> (f64, f64) {
        let middle = (self.chances.len() / 2) as f64;
        // A sum is spread over some steps: each number adds a variance of 1/4 at most, and four deviations are enough.
        let spread = 2.0 * (numbers as f64).sqrt() + 1.0;
        let at = |steps: f64| steps.clamp(0.0, (self.chances.len() - 1) as f64) as usize;
        let from = at((middle + above / self.step - spread).floor());
        let to = at((middle + above / self.step + spread).ceil());
        let (high, low) = (self.chances[from..].iter().sum::<f64>(), self.chances[..=to].iter().sum::<f64>());
        ((high + self.outside[1]).min(1.0), (low + self.outside[0]).min(1.0))
    }
}
