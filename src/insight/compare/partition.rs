//! The partition that is compared: the entries of each group, each article once per group.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::insight::count::{By, Sampled, Samples};
use crate::model::{Field, Kind};
use crate::query::{Column, Days, Dimension, Key, Sample};

/// The dimension of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// The groups of a topic.
    Perspectives,
    /// Spans of days, by digest.
    Periods(Vec<Days>),
}

/// The fields of entries that are compared, which what is known of all samples follows.
pub const FIELDS: [Dimension; 2] = [Dimension::Facet(Field::Perspective), Dimension::Facet(Field::Source)];

/// The places of columns in such samples.
const GROUP: usize = 0;
const SOURCE: usize = 1;
const LANG: usize = 2;
const KIND: usize = 3;
const TOPIC: usize = 4;
const DAY: usize = 5;

/// The entries of each group.
pub struct Partition {
    pub sample: Sample,
    /// The ids of the groups, in order, or the periods.
    pub ids: Vec<String>,
    /// The entries of each that were found, in the order of the sample, each article once.
    pub found: Vec<Vec<usize>>,
    /// The sample of each.
    pub sampled: Vec<Sampled>,
}

impl Partition {
    /// Of a sample with the [`FIELDS`], and which of its entries were found.
    pub fn new(mut sample: Sample, is_found: &[bool], split: &Split) -> Self {
        if let Split::Periods(periods) = split {
            sample.columns[GROUP] = column_of(&sample.columns[DAY], periods);
        }
        let samples = Samples::new(&sample, &[By::Facet(Field::Perspective)], is_found);
        let column = &sample.columns[GROUP];
        let ids: Vec<String> = column.keys.iter().filter_map(|key| key.clone().into_value()).collect();
        let sampled = ids.iter().map(|id| samples.of(&[id]).cloned().unwrap_or_default()).collect();
        let mut found = vec![Vec::new(); ids.len()];
        let mut seen = BTreeSet::new();
        for (entry, is_found) in is_found.iter().enumerate() {
            let Some(group) = group_of(column, entry) else { continue };
            if *is_found && seen.insert((group, sample.copies[entry])) {
                found[group].push(entry);
            }
        }
        Self { sample, ids, found, sampled }
    }

    /// The groups, in pairs, that were sampled in no digest together.
    pub fn apart(&self) -> Vec<(usize, usize)> {
        let mut digests = vec![BTreeSet::new(); self.ids.len()];
        for entry in 0..self.sample.len() {
            if let Some(group) = group_of(&self.sample.columns[GROUP], entry) {
                digests[group].insert(self.digest(entry));
            }
        }
        let pairs = (0..digests.len()).flat_map(|a| (a + 1..digests.len()).map(move |b| (a, b)));
        pairs.filter(|(a, b)| digests[*a].is_disjoint(&digests[*b])).collect()
    }

    /// The digest that an entry is in.
    pub fn digest(&self, entry: usize) -> (u32, u32) {
        (self.sample.columns[TOPIC].codes[entry], self.sample.columns[DAY].codes[entry])
    }

    /// The day of the digest that an entry is in.
    pub fn day(&self, entry: usize) -> NaiveDate {
        self.day_of(self.digest(entry))
    }

    /// The day of a digest.
    pub fn day_of(&self, (_, day): (u32, u32)) -> NaiveDate {
        match self.sample.columns[DAY].keys[day as usize] {
            Key::Day(day) => day,
            Key::Value(_) | Key::None => NaiveDate::default(),
        }
    }

    /// The language of an entry.
    pub fn lang(&self, entry: usize) -> Option<&str> {
        self.text(LANG, entry)
    }

    /// The source of an entry.
    pub fn source(&self, entry: usize) -> Option<&str> {
        self.text(SOURCE, entry)
    }

    /// The topics that there are entries of.
    pub fn topics(&self) -> Vec<&str> {
        self.sample.columns[TOPIC].keys.iter().filter_map(value).collect()
    }

    /// The kinds that there are entries of.
    pub fn kinds(&self) -> Vec<Kind> {
        self.sample.columns[KIND].keys.iter().filter_map(value).filter_map(|kind| kind.parse().ok()).collect()
    }

    fn text(&self, column: usize, entry: usize) -> Option<&str> {
        value(self.sample.columns[column].key(entry))
    }
}

fn value(key: &Key) -> Option<&str> {
    match key {
        Key::Value(value) => Some(value),
        Key::Day(_) | Key::None => None,
    }
}

/// The place of an entry's group among those that have an id.
fn group_of(column: &Column, entry: usize) -> Option<usize> {
    // Entries without a group come last among the keys.
    value(column.key(entry)).map(|_| column.codes[entry] as usize)
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
    Column::of_one_each(keys.collect(), days.codes.iter().map(|code| codes[*code as usize]).collect())
}
