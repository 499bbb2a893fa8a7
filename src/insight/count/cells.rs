//! Counts by combinations of values, and the order of these.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::bucket::By;
use crate::engine::Counts;

/// The span or value of each field.
pub type Values = Vec<Option<String>>;

/// How many units have the same values. Where nothing is said of values, no unit has them.
pub type Cells = BTreeMap<Values, usize>;

/// The engine's counts, with spans for days.
pub fn cells(counts: Counts, by: &[By]) -> Cells {
    let mut cells = Cells::new();
    for (keys, count) in counts {
        let values = by.iter().zip(&keys).map(|(by, key)| by.value(key));
        *cells.entry(values.collect()).or_default() += count;
    }
    cells
}

/// The values of a field in order: spans of days by time, other values by number.
pub struct Axis {
    pub values: Vec<Option<String>>,
    places: BTreeMap<Option<String>, usize>,
    /// How many values were left out.
    pub cut: usize,
}

impl Axis {
    /// The values that were seen of a field, which is at a place among the fields; the first `top` of those that are no
    /// spans of days.
    pub fn new(by: By, at: usize, found: &Cells, seen: &BTreeSet<&Values>, top: Option<usize>) -> Self {
        let mut units: BTreeMap<&Option<String>, usize> = seen.iter().map(|values| (&values[at], 0)).collect();
        for (values, count) in found {
            units.entry(&values[at]).and_modify(|units| *units += count);
        }
        let mut ordered: Vec<_> = units.into_iter().collect();
        let mut cut = 0;
        if !by.is_time() {
            // Those with as many by value, units without one last.
            ordered.sort_by_key(|(value, units)| (Reverse(*units), value.is_none()));
            cut = top.map_or(0, |top| ordered.len().saturating_sub(top));
            ordered.truncate(ordered.len() - cut);
        }
        let values: Vec<Option<String>> = ordered.into_iter().map(|(value, _)| value.clone()).collect();
        let places = values.iter().cloned().zip(0..).collect();
        Self { values, places, cut }
    }

    /// None for what was left out.
    pub fn place(&self, value: &Option<String>) -> Option<usize> {
        self.places.get(value).copied()
    }
}
