//! The distribution of a sum of random numbers, worked out step by step.

/// The probabilities of sums, each number of which lies between two steps and is divided among these. That keeps the mean
/// and makes the sum vary a little more, so that no tail comes out smaller than it is.
pub struct Grid {
    /// The probability of each sum, the mean in the middle.
    chances: Vec<f64>,
    step: f64,
}

impl Grid {
    /// Returns a grid of no number yet, with so many steps on either side, for sums of so many numbers. No partial sum may
    /// be more than `reach` from the mean: one that left the grid could not come back.
    pub fn new(reach: f64, steps: usize, numbers: usize) -> Self {
        // Each number may be rounded away from the mean by up to a step.
        let middle = steps + numbers;
        let mut chances = vec![0.0; 2 * middle + 1];
        chances[middle] = 1.0;
        Self { chances, step: reach / steps as f64 }
    }

    pub fn empty(&self) -> Self {
        Self { chances: vec![0.0; self.chances.len()], step: self.step }
    }

    /// Makes all sums so many times as probable.
    pub fn scale(&mut self, by: f64) {
        self.chances.iter_mut().for_each(|chance| *chance *= by);
    }

    /// Adds the sums of another grid, all greater by a number and so many times as probable.
    pub fn add(&mut self, other: &Self, number: f64, chance: f64) {
        let by = number / self.step;
        let (below, rest) = (by.floor(), by - by.floor());
        for (by, chance) in [(below as isize, chance * (1.0 - rest)), (below as isize + 1, chance * rest)] {
            if chance > 0.0 {
                self.shifted(other, by, chance);
            }
        }
    }

    fn shifted(&mut self, other: &Self, by: isize, chance: f64) {
        let kept = self.chances.len().saturating_sub(by.unsigned_abs());
        let cut = self.chances.len() - kept;
        let (from, to, lost) = match by >= 0 {
            true => (&other.chances[..kept], cut, &other.chances[kept..]),
            false => (&other.chances[cut..], 0, &other.chances[..cut]),
        };
        debug_assert!(lost.iter().all(|chance| *chance == 0.0), "a partial sum left the grid");
        self.chances[to..].iter_mut().zip(from).for_each(|(sum, other)| *sum += other * chance);
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
        (high.min(1.0), low.min(1.0))
    }
}
