//! The vertical axis: from zero to a round number, in round steps.

use crate::render::numbers::grouped;

/// A unit of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Percent of a sample.
    Percent,
    /// Entries of a sample.
    Number,
}

/// An axis from zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    unit: Unit,
    step: f64,
    steps: usize,
    decimals: usize,
}

impl Scale {
    /// Returns an axis up to at least `most`, with at most `steps` steps.
    pub fn new(unit: Unit, most: f64, steps: usize) -> Self {
        let smallest = if unit == Unit::Number { 0 } else { -3 };
        let all = (smallest..12).flat_map(|power: i32| [1.0, 2.0, 5.0].map(|digit| (power, digit)));
        let enough = |(power, digit): (i32, f64)| {
            let step = digit * 10f64.powi(power);
            let needed = (most / step - 1e-9).ceil().max(1.0);
            let decimals = usize::try_from(-power).unwrap_or(0);
            (needed <= steps as f64).then_some(Self { unit, step, steps: needed as usize, decimals })
        };
        all.map(enough).find_map(|scale| scale).unwrap_or(Self { unit, step: most, steps: 1, decimals: 0 })
    }

    /// Returns the upper end.
    pub fn top(&self) -> f64 {
        self.step * self.steps as f64
    }

    /// Returns the values of its ticks, with their labels.
    pub fn ticks(&self) -> impl Iterator<Item = (f64, String)> {
        (0..=self.steps).map(|at| {
            let value = self.step * at as f64;
            let label = match self.unit {
                Unit::Percent => format!("{value:.*}%", self.decimals),
                Unit::Number => grouped(value as usize),
            };
            (value, label)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(unit: Unit, most: f64, steps: usize) -> String {
        Scale::new(unit, most, steps).ticks().map(|(_, label)| label).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(labels(Unit::Percent, 23.4, 5), "0% | 5% | 10% | 15% | 20% | 25%");
        assert_eq!(labels(Unit::Percent, 100.0, 5), "0% | 20% | 40% | 60% | 80% | 100%");
        assert_eq!(labels(Unit::Percent, 0.71, 5), "0.0% | 0.2% | 0.4% | 0.6% | 0.8%");
        assert_eq!(labels(Unit::Percent, 100.0, 3), "0% | 50% | 100%");
        assert_eq!(labels(Unit::Number, 4321.0, 5), "0 | 1,000 | 2,000 | 3,000 | 4,000 | 5,000");
        assert_eq!(labels(Unit::Number, 1.0, 5), "0 | 1");
        assert_eq!(labels(Unit::Number, 0.0, 5), "0 | 1");
    }

    #[test]
    fn no_share_is_above_it_and_none_needs_more_than_all() {
        for most in 0..=1000 {
            let scale = Scale::new(Unit::Percent, f64::from(most) / 10.0, 5);
            assert!(scale.top() >= f64::from(most) / 10.0 - 1e-9 && scale.top() <= 100.0, "{most}");
            assert!(scale.steps <= 5);
        }
    }
}
