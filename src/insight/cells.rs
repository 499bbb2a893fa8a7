//! Counts by combinations of values, and the order of these.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::bucket::By;
use crate::engine::Counts;
use crate::query::Key;

/// The span or value of each field.
pub type Values = Vec<Option<String>>;

/// Units by their values.
#[derive(Debug, Default)]
pub struct Cells(pub BTreeMap<Values, Cell>);

/// How many units have the same values, by what else they were counted by.
#[derive(Debug, Clone, Default)]
pub struct Cell(pub BTreeMap<Vec<Key>, usize>);

impl Cell {
    pub fn units(&self) -> usize {
        self.0.values().sum()
    }
}

impl Cells {
    /// The engine's counts, with spans for days. What was counted by beside the fields stays apart in each cell.
    pub fn new(counts: Counts, by: &[By]) -> Self {
        let mut cells = Self::default();
        for (mut keys, count) in counts {
            let others = keys.split_off(by.len());
            let values = by.iter().zip(keys).map(|(by, key)| match key {
                Key::Value(value) => Some(value),
                Key::Day(day) => Some(by.span(day)),
                Key::None => None,
            });
            *cells.0.entry(values.collect()).or_default().0.entry(others).or_default() += count;
        }
        cells
    }

    /// All units together.
    pub fn merged(&self) -> Cell {
        let mut all = Cell::default();
        for (others, units) in self.0.values().flat_map(|cell| &cell.0) {
            *all.0.entry(others.clone()).or_default() += units;
        }
        all
    }
}

/// The values of a field in order.
pub enum Axis {
    /// Spans of days, whose names are in the order of time.
    Time,
    /// Values, each with its place.
    Values(BTreeMap<Option<String>, usize>),
}

/// A value's place among those of its field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Span(Option<String>),
    Value(usize),
}

impl Axis {
    /// The values of the field at a place: those with the most units first. Those that were sampled are values, too.
    pub fn new(by: By, at: usize, found: &Cells, sampled: Option<&Cells>) -> Self {
        if by.is_time() {
            return Self::Time;
        }
        let mut units: BTreeMap<&Option<String>, usize> = BTreeMap::new();
        for (values, cell) in &found.0 {
            *units.entry(&values[at]).or_default() += cell.units();
        }
        for values in sampled.into_iter().flat_map(|sampled| sampled.0.keys()) {
            units.entry(&values[at]).or_default();
        }
        let mut ordered: Vec<_> = units.into_iter().collect();
        // Those with as many by value, units without one last.
        ordered.sort_by_key(|(value, units)| (Reverse(*units), value.is_none()));
        Self::Values(ordered.into_iter().map(|(value, _)| value.clone()).zip(0..).collect())
    }

    /// Leaves out all values but the first, and says how many it leaves out. No span of days is left out.
    pub fn cut(&mut self, top: usize) -> usize {
        let Self::Values(values) = self else { return 0 };
        let before = values.len();
        values.retain(|_, place| *place < top);
        before - values.len()
    }

    /// None for what was left out.
    pub fn place(&self, value: &Option<String>) -> Option<Place> {
        match self {
            Self::Time => Some(Place::Span(value.clone())),
            Self::Values(values) => values.get(value).copied().map(Place::Value),
        }
    }
}
