//! The values of fields, each with a code, and the order that they are told in.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::bucket::{By, Values};
use super::calendar::Calendar;
use super::sampled::Samples;
use crate::backend::{Codes, Counts, places, recoded};

/// Numbers of entries with the same values, in the order of the codes.
pub type Cells = Vec<(Codes, usize)>;

/// All values that entries, samples or the calendar have of each field, and what was counted and sampled by their codes.
pub struct Coded {
    pub values: Vec<Values>,
    pub found: Cells,
    /// The codes of what was sampled, in the order of the samples' own.
    pub sampled: Vec<Codes>,
}

impl Coded {
    pub fn new(by: &[By], counts: &Counts, samples: Option<&Samples>, calendar: &Calendar) -> Self {
        let counted = by.iter().zip(&counts.keys).map(|(by, keys)| keys.iter().map(|key| by.value(key)).collect());
        let counted: Vec<Values> = counted.collect();
        let of_samples = samples.map_or(&[][..], |samples| &samples.values);
        let all = |(field, by): (usize, &By)| {
            let known = counted.get(field).into_iter().chain(of_samples.get(field)).flatten();
            let all: BTreeSet<Option<String>> = known.cloned().chain(calendar.values(*by)).collect();
            all.into_iter().collect()
        };
        let values: Vec<Values> = by.iter().enumerate().map(all).collect();
        let places = |some: &[Values]| some.iter().zip(&values).map(|(s, all)| places(s, all)).collect::<Vec<_>>();
        let (of_counts, of_samples) = (places(&counted), places(of_samples));
        let found = counts.cells.iter().map(|(codes, count)| (recoded(*codes, &of_counts), *count)).collect();
        let sampled = samples.into_iter().flat_map(|samples| samples.cells.keys());
        let sampled = sampled.map(|codes| recoded(*codes, &of_samples)).collect();
        Self { values, found, sampled }
    }
}

/// The values of a field in order: spans of days by time, other values by number.
pub struct Axis {
    pub values: Values,
    /// The place of each code.
    places: Vec<Option<usize>>,
    /// The number of values left out.
    pub cut: usize,
}

impl Axis {
    /// The values that were seen of a field, which is at a place among the fields; the first `top` of those that are no
    /// spans of days.
    pub fn new(by: By, at: usize, coded: &Coded, seen: &Cells, top: Option<usize>) -> Self {
        let values = &coded.values[at];
        let (mut entries, mut is_seen) = (vec![0; values.len()], vec![false; values.len()]);
        coded.found.iter().for_each(|(codes, count)| entries[codes[at] as usize] += count);
        seen.iter().for_each(|(codes, _)| is_seen[codes[at] as usize] = true);
        let mut ordered: Vec<usize> = (0..values.len()).filter(|&code| is_seen[code]).collect();
        let mut cut = 0;
        if !by.is_time() {
            // Those with as many by value, entries without one last.
            ordered.sort_by_key(|&code| (Reverse(entries[code]), values[code].is_none()));
            cut = top.map_or(0, |top| ordered.len().saturating_sub(top));
            ordered.truncate(ordered.len() - cut);
        }
        let mut places = vec![None; values.len()];
        ordered.iter().enumerate().for_each(|(place, &code)| places[code] = Some(place));
        Self { values: ordered.iter().map(|&code| values[code].clone()).collect(), places, cut }
    }

    /// None for what was left out.
    pub fn place(&self, code: u32) -> Option<usize> {
        self.places[code as usize]
    }
}
