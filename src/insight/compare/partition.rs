//! The partition that is compared: the entries of each group, each article once per group.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::insight::count::{By, Sampled, Samples};
use crate::model::{Field, Kind};
use crate::query::{Column, Days, Dimension, Key, Sample, Selection};
use crate::text::{name_key, path_key, path_keys};

/// The dimension of a comparison.
#[derive(Debug, Clone)]
pub enum Split {
    /// Values of a field, such as the perspectives of a topic.
    Field(Field),
    /// Spans of days, by digest.
    Periods(Vec<Days>),
    /// The matches of the selection, and those of another one among the same entries.
    Queries(Box<Selection>),
}

impl Split {
    /// The columns of a sample before those that are known of all samples.
    pub fn columns(&self) -> [Dimension; 2] {
        let field = match self {
            Self::Field(field) => *field,
            Self::Periods(_) | Self::Queries(_) => Field::Perspective,
        };
        [Dimension::Facet(field), Dimension::Facet(Field::Source)]
    }

    /// Reports whether the groups are perspectives.
    pub fn is_of_perspectives(&self) -> bool {
        matches!(self, Self::Field(Field::Perspective))
    }
}

/// The places of columns in such samples.
pub const GROUP: usize = 0;
const SOURCE: usize = 1;
const LANG: usize = 2;
const KIND: usize = 3;
pub const TOPIC: usize = 4;
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
    /// The number of entries that were found, in a group or none.
    pub matches: usize,
    /// The number of entries that are in several groups.
    pub shared: usize,
}

impl Partition {
    /// Of a sample with the columns of the split, and which of its entries were found.
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
            for group in groups_of(column, entry) {
                if *is_found && seen.insert((group, sample.copies[entry])) {
                    found[group].push(entry);
                }
            }
        }
        Self {
            shared: shared(&found),
            sample,
            ids,
            found,
            sampled,
            matches: is_found.iter().filter(|is_found| **is_found).count(),
        }
    }

    /// Of a sample, and which of its entries each of two queries finds. An entry may be found by both.
    pub fn of_queries(sample: Sample, names: [String; 2], found_by: [Vec<bool>; 2]) -> Self {
        let matches = (0..sample.len()).filter(|entry| found_by.iter().any(|is_found| is_found[*entry])).count();
        let sampled = found_by.each_ref().map(|is_found| Samples::new(&sample, &[], is_found).all);
        let found: [Vec<usize>; 2] = found_by.map(|is_found| {
            let mut seen = BTreeSet::new();
            let first = |entry: &usize| is_found[*entry] && seen.insert(sample.copies[*entry]);
            (0..sample.len()).filter(first).collect()
        });
        Self {
            shared: shared(&found),
            ids: names.into(),
            found: found.into(),
            sampled: sampled.into(),
            sample,
            matches,
        }
    }

    /// The entries of each group in a language.
    pub fn found_in(&self, lang: &str) -> Vec<Vec<usize>> {
        let in_lang =
            |entries: &Vec<usize>| entries.iter().copied().filter(|entry| self.lang(*entry) == Some(lang)).collect();
        self.found.iter().map(in_lang).collect()
    }

    /// The groups, in pairs, that were sampled in no digest together.
    pub fn apart(&self) -> Vec<(usize, usize)> {
        let mut digests = vec![BTreeSet::new(); self.ids.len()];
        for entry in 0..self.sample.len() {
            for group in groups_of(&self.sample.columns[GROUP], entry) {
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
        values(&self.sample, TOPIC)
    }

    /// The kinds that there are entries of.
    pub fn kinds(&self) -> Vec<Kind> {
        kinds(&self.sample)
    }

    fn text(&self, column: usize, entry: usize) -> Option<&str> {
        value(self.sample.columns[column].key(entry))
    }
}

/// Returns the number of entries that are in several groups.
fn shared(found: &[Vec<usize>]) -> usize {
    let mut entries: Vec<usize> = found.concat();
    entries.sort_unstable();
    entries.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).count()
}

fn value(key: &Key) -> Option<&str> {
    match key {
        Key::Value(value) => Some(value),
        Key::Day(_) | Key::None => None,
    }
}

/// The values of a column of a sample.
pub fn values(sample: &Sample, column: usize) -> Vec<&str> {
    sample.columns[column].keys.iter().filter_map(value).collect()
}

/// The kinds that a sample has entries of.
pub fn kinds(sample: &Sample) -> Vec<Kind> {
    values(sample, KIND).into_iter().filter_map(|kind| kind.parse().ok()).collect()
}

/// The places of an entry's groups among those that have an id.
fn groups_of(column: &Column, entry: usize) -> impl Iterator<Item = usize> {
    // Entries without a group come last among the keys.
    let codes = column.codes_of(entry).iter().map(|code| *code as usize);
    codes.filter(|code| value(&column.keys[*code]).is_some())
}

/// Returns a column without the values that were not asked for: an entry with one of these may have others.
pub fn only(column: &Column, asked: &[String]) -> Column {
    let is_asked = |key: &Key| value(key).is_some_and(|key| asked.iter().any(|asked| name_key(asked) == name_key(key)));
    let kept: Vec<usize> = (0..column.keys.len()).filter(|code| is_asked(&column.keys[*code])).collect();
    let (mut codes, mut starts) = (Vec::new(), vec![0]);
    for entry in 0..column.entries() {
        let of_entry = column.codes_of(entry).iter().filter_map(|code| kept.binary_search(&(*code as usize)).ok());
        codes.extend(of_entry.map(|code| code as u32));
        if codes.len() == starts[entry] {
            codes.push(kept.len() as u32);
        }
        starts.push(codes.len());
    }
    let keys = kept.iter().map(|code| column.keys[*code].clone()).chain([Key::None]).collect();
    Column { keys, codes, starts }
}

/// Returns paths that were asked for instead of the paths of entries that they choose, the first one of each.
pub fn below(column: &Column, asked: &[String]) -> Column {
    let none = asked.len() as u32;
    let choosing = |key: &Key| {
        let keys = path_keys(value(key)?, usize::MAX);
        asked.iter().position(|asked| keys.contains(&path_key(asked)))
    };
    let codes: Vec<u32> = column.keys.iter().map(|key| choosing(key).map_or(none, |at| at as u32)).collect();
    let keys = asked.iter().cloned().map(Key::Value).chain([Key::None]);
    Column::of_one_each(keys.collect(), column.codes.iter().map(|code| codes[*code as usize]).collect())
}

/// Returns the values with the most entries, the most frequent first.
pub fn largest(column: &Column, most: usize) -> Vec<String> {
    let mut counts = vec![0; column.keys.len()];
    column.codes.iter().for_each(|code| counts[*code as usize] += 1);
    let mut order: Vec<usize> = (0..counts.len()).filter(|at| value(&column.keys[*at]).is_some()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
    order.into_iter().take(most).filter_map(|at| value(&column.keys[at]).map(str::to_owned)).collect()
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
