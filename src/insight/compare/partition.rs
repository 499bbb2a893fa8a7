//! What is compared: the units of each side, an article once a side.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::insight::count::{By, Sampled, Samples};
use crate::model::Kind;
use crate::query::{Column, Days, Dimension, FacetField, Key, Sample};

/// What parts the units that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// The sides of a topic.
    Sides,
    /// Spans of days, by digest.
    Periods(Vec<Days>),
}

/// The fields of units that are compared, which what is known of all samples follows.
pub const FIELDS: [Dimension; 2] = [Dimension::Facet(FacetField::Perspective), Dimension::Facet(FacetField::Source)];

/// The places of columns in such samples.
const SIDE: usize = 0;
const SOURCE: usize = 1;
const LANG: usize = 2;
const KIND: usize = 3;
const TOPIC: usize = 4;
const DAY: usize = 5;

/// The units of each side.
pub struct Partition {
    pub sample: Sample,
    /// The ids of the sides, in order, or the periods.
    pub ids: Vec<String>,
    /// The units of each that were found, in the order of the sample, each article once.
    pub found: Vec<Vec<usize>>,
    /// What was sampled of each.
    pub sampled: Vec<Sampled>,
}

impl Partition {
    /// Of a sample with the [`FIELDS`], and which of its units were found.
    pub fn new(mut sample: Sample, is_found: &[bool], split: &Split) -> Self {
        if let Split::Periods(periods) = split {
            sample.columns[SIDE] = column_of(&sample.columns[DAY], periods);
        }
        let samples = Samples::new(&sample, &[By::Facet(FacetField::Perspective)], is_found);
        let column = &sample.columns[SIDE];
        let ids: Vec<String> = column.keys.iter().filter_map(|key| key.clone().into_value()).collect();
        let sampled = ids.iter().map(|id| samples.of(&[id]).cloned().unwrap_or_default()).collect();
        let mut found = vec![Vec::new(); ids.len()];
        let mut seen = BTreeSet::new();
        for (unit, is_found) in is_found.iter().enumerate() {
            let Some(group) = group_of(column, unit) else { continue };
            if *is_found && seen.insert((group, sample.copies[unit])) {
                found[group].push(unit);
            }
        }
        Self { sample, ids, found, sampled }
    }

    /// The sides, in pairs, that were sampled in no digest together.
    pub fn apart(&self) -> Vec<(usize, usize)> {
        let mut digests = vec![BTreeSet::new(); self.ids.len()];
        for unit in 0..self.sample.len() {
            if let Some(side) = group_of(&self.sample.columns[SIDE], unit) {
                digests[side].insert(self.digest(unit));
            }
        }
        let pairs = (0..digests.len()).flat_map(|a| (a + 1..digests.len()).map(move |b| (a, b)));
        pairs.filter(|(a, b)| digests[*a].is_disjoint(&digests[*b])).collect()
    }

    /// The digest that a unit is in.
    pub fn digest(&self, unit: usize) -> (u32, u32) {
        (self.sample.columns[TOPIC].codes[unit], self.sample.columns[DAY].codes[unit])
    }

    /// The day of the digest that a unit is in.
    pub fn day(&self, unit: usize) -> NaiveDate {
        self.day_of(self.digest(unit))
    }

    /// The day of a digest.
    pub fn day_of(&self, (_, day): (u32, u32)) -> NaiveDate {
        match self.sample.columns[DAY].keys[day as usize] {
            Key::Day(day) => day,
            Key::Value(_) | Key::None => NaiveDate::default(),
        }
    }

    /// The language of a unit.
    pub fn lang(&self, unit: usize) -> Option<&str> {
        self.text(LANG, unit)
    }

    /// The outlet of a unit.
    pub fn source(&self, unit: usize) -> Option<&str> {
        self.text(SOURCE, unit)
    }

    /// The topics that there are units of.
    pub fn topics(&self) -> Vec<&str> {
        self.sample.columns[TOPIC].keys.iter().filter_map(value).collect()
    }

    /// The kinds that there are units of.
    pub fn kinds(&self) -> Vec<Kind> {
        self.sample.columns[KIND].keys.iter().filter_map(value).filter_map(|kind| kind.parse().ok()).collect()
    }

    fn text(&self, column: usize, unit: usize) -> Option<&str> {
        value(self.sample.columns[column].key(unit))
    }
}

fn value(key: &Key) -> Option<&str> {
    match key {
        Key::Value(value) => Some(value),
        Key::Day(_) | Key::None => None,
    }
}

/// The place of a unit's side among those that have an id.
fn group_of(column: &Column, unit: usize) -> Option<usize> {
    // Units without a side come last among the keys.
    value(column.key(unit)).map(|_| column.codes[unit] as usize)
}

/// Periods instead of days. Days in none of them have no key.
fn column_of(days: &Column, periods: &[Days]) -> Column {
    let none = periods.len() as u32;
    let period = |key: &Key| match key {
        Key::Day(day) => periods.iter().position(|days| days.contains(*day)).map_or(none, |at| at as u32),
        _ => none,
    };
    let codes: Vec<u32> = days.keys.iter().map(period).collect();
    let keys = periods.iter().map(|days| Key::Value(days.to_string())).chain([Key::None]);
    Column { keys: keys.collect(), codes: days.codes.iter().map(|code| codes[*code as usize]).collect() }
}
