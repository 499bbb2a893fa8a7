//! The sample of a row, and the share of it that matches. An article that was sampled more than once
//! counts once in a place, in the digest that had it first: to take it again says nothing new.

use std::collections::{BTreeMap, BTreeSet};

use super::bucket::{By, Values, day_number};
use crate::backend::{Codes, Error, places};
use crate::model::Field;
use crate::planning::Reader;
use crate::query::{Column, Dimension, Key, Sample, Selection, Span};
use crate::statistics::Share;

/// Columns of a sample in addition to the fields counted by.
const SAMPLE: [Dimension; 4] = [
    Dimension::Facet(Field::Lang),
    Dimension::Facet(Field::Kind),
    Dimension::Facet(Field::Topic),
    Dimension::DigestDate(Span::Day),
];

/// A sample, and the share of it that was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sampled {
    /// The number of distinct articles, or other entries, in the sample.
    pub entries: usize,
    /// The number of those that match.
    pub found: usize,
    /// The share; none of nothing, and none of entries of several kinds: bullets and titles are not samples of the same.
    pub share: Option<Share>,
    /// Matches and sample size by language; none for entries of unknown language.
    pub langs: BTreeMap<Option<String>, (usize, usize)>,
    /// The day of each digest as a number, and how many were found and sampled in it.
    pub digests: Vec<(i32, usize, usize)>,
}

/// The sample.
pub struct Samples {
    /// In all.
    pub all: Sampled,
    /// The values of each field, in order.
    pub values: Vec<Values>,
    /// By the places of their values among these.
    pub cells: BTreeMap<Codes, Sampled>,
}

impl Samples {
    /// Returns the sample of a selection, with columns for the fields and the additional ones, and which entries match.
    pub fn draw(selection: &Selection, fields: &[Dimension], reader: &Reader) -> Result<(Sample, Vec<bool>), Error> {
        let sample = reader.sample(&selection.without_words(), &[fields, &SAMPLE].concat())?;
        let found = sample.found_in(&reader.sample(selection, &[])?);
        Ok((sample, found))
    }

    /// The same, but where there are no words to look for, and so nothing to be a share of, all that the selection has.
    pub fn draw_or_all(
        selection: &Selection,
        fields: &[Dimension],
        reader: &Reader,
    ) -> Result<(Sample, Vec<bool>), Error> {
        if selection.is_scored() {
            return Self::draw(selection, fields, reader);
        }
        let sample = reader.sample(selection, &[fields, &SAMPLE].concat())?;
        let found = vec![true; sample.len()];
        Ok((sample, found))
    }

    /// Of a sample as drawn, by the first of its fields.
    pub fn new(sample: &Sample, by: &[By], found: &[bool]) -> Self {
        let (fields, known) = sample.columns.split_at(sample.columns.len() - SAMPLE.len());
        let mut all_values: Vec<Values> = Vec::new();
        let all_entries: Vec<(Codes, usize)> = (0..sample.len()).map(|entry| (Codes::default(), entry)).collect();
        let mut cells = all_entries.clone();
        for (field, (by, column)) in by.iter().zip(fields).enumerate() {
            let values: Values = column.keys.iter().map(|key| by.value(key)).collect();
            let distinct: Values = values.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
            let places = places(&values, &distinct);
            let coded = |(mut codes, entry): (Codes, usize), code: &u32| {
                codes[field] = places[*code as usize];
                (codes, entry)
            };
            // An entry with several values is in several cells.
            cells = cells
                .iter()
                .flat_map(|cell| column.codes_of(cell.1).iter().map(move |code| coded(*cell, code)))
                .collect();
            all_values.push(distinct);
        }
        let parts = by_code(sample, cells).into_iter();
        let cells = parts.map(|(cell, entries)| (cell, Sampled::of(&entries, sample, known, found)));
        let all = by_code(sample, all_entries).pop();
        Self {
            values: all_values,
            cells: cells.collect(),
            all: all.map_or_else(Sampled::default, |(_, u)| Sampled::of(&u, sample, known, found)),
        }
    }

    /// Returns the sample with a value of each field.
    pub fn of(&self, values: &[&String]) -> Option<&Sampled> {
        let mut codes = Codes::default();
        for ((code, value), values) in codes.iter_mut().zip(values).zip(&self.values) {
            *code = values.binary_search_by(|other| other.as_ref().cmp(&Some(value))).ok()? as u32;
        }
        self.cells.get(&codes)
    }
}

/// The entries with the same codes, copies beside one another, the first of them first.
fn by_code(sample: &Sample, mut cells: Vec<(Codes, usize)>) -> Vec<(Codes, Vec<usize>)> {
    cells.sort_unstable_by_key(|&(codes, entry)| (codes, sample.copies[entry], entry));
    let part = |cells: &[(Codes, usize)]| (cells[0].0, cells.iter().map(|(_, entry)| *entry).collect());
    cells.chunk_by(|a, b| a.0 == b.0).map(part).collect()
}

impl Sampled {
    /// Of entries, copies beside one another and the first first.
    fn of(entries: &[usize], sample: &Sample, known: &[Column], found: &[bool]) -> Self {
        let [lang, kind, topic, day] = known else { return Self::default() };
        let mut digests: BTreeMap<(u32, u32), (usize, usize)> = BTreeMap::new();
        let mut langs: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for copies in entries.chunk_by(|&a, &b| sample.copies[a] == sample.copies[b]) {
            let is_found = usize::from(copies.iter().any(|&entry| found[entry]));
            let first = copies[0];
            let digest = digests.entry((day.codes[first], topic.codes[first])).or_default();
            let lang = langs.entry(lang.codes[first]).or_default();
            for (found, sampled) in [digest, lang] {
                *found += is_found;
                *sampled += 1;
            }
        }
        let (found, sampled) = digests.values().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let is_mixed = entries.windows(2).any(|pair| kind.codes[pair[0]] != kind.codes[pair[1]]);
        let of_day = |(&(code, _), &(found, sampled)): (&(u32, u32), &(usize, usize))| {
            let number = match day.keys[code as usize] {
                Key::Day(day) => day_number(day),
                Key::Value(_) | Key::None => 0,
            };
            (number, found, sampled)
        };
        let code = |(code, entries): (u32, _)| (lang.keys[code as usize].clone().into_value(), entries);
        let digests: Vec<(i32, usize, usize)> = digests.iter().map(of_day).collect();
        Self {
            entries: sampled,
            found,
            share: if is_mixed { None } else { Share::of(digests.iter().copied()) },
            langs: langs.into_iter().map(code).collect(),
            digests,
        }
    }

    /// Reports whether entries of several kinds were sampled, so that there is no share.
    pub fn is_mixed(&self) -> bool {
        self.entries > 0 && self.share.is_none()
    }

    /// The one of several known languages in which anything was found: perspectives that write in different ones can't be
    /// compared by such words.
    pub fn only_lang(&self) -> Option<&str> {
        let known = || self.langs.iter().filter_map(|(lang, (found, _))| Some((lang.as_deref()?, *found)));
        let mut with = known().filter(|(_, found)| *found > 0);
        match (with.next(), with.next()) {
            (Some((lang, _)), None) if known().count() > 1 => Some(lang),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    /// Of entries as (language, kind, topic, copy key, whether it is found).
    fn sampled(entries: &[(&str, &str, &str, u64, bool)]) -> Sampled {
        let column = |values: Vec<&str>| {
            let keys: BTreeSet<&str> = values.iter().copied().collect();
            let codes = values.iter().map(|value| keys.iter().take_while(|key| *key < value).count() as u32).collect();
            Column::of_one_each(keys.into_iter().map(|key| Key::Value(key.to_owned())).collect(), codes)
        };
        let columns = vec![
            column(entries.iter().map(|entry| entry.0).collect()),
            column(entries.iter().map(|entry| entry.1).collect()),
            column(entries.iter().map(|entry| entry.2).collect()),
            Column::of_one_each(vec![Key::Day(NaiveDate::default())], vec![0; entries.len()]),
        ];
        let copies = entries.iter().map(|entry| entry.3).collect();
        let sample = Sample { entries: (0..entries.len() as u64).collect(), copies, columns, ..Sample::default() };
        Samples::new(&sample, &[], &entries.iter().map(|entry| entry.4).collect::<Vec<_>>()).all
    }

    #[test]
    fn languages_of_a_digest_are_one_sample() {
        let found = ["en"; 5].map(|lang| (lang, "title", "a"));
        let others = ["es"; 5].map(|lang| (lang, "title", "a"));
        let digest = ["en"; 10].map(|lang| (lang, "title", "b"));
        let entries = [&found[..], &others, &digest].concat();
        let entries: Vec<_> =
            (0..).zip(entries).map(|(copy, entry)| (entry.0, entry.1, entry.2, copy, copy < 5)).collect();
        let sampled = sampled(&entries);
        let apart = Share::of([(0, 5, 10), (0, 0, 10)]);
        assert_eq!((sampled.found, sampled.entries, sampled.share), (5, 20, apart));
        assert_eq!(sampled.langs, [(Some("en".to_owned()), (5, 15)), (Some("es".to_owned()), (0, 5))].into());
        assert_eq!(sampled.only_lang(), Some("en"));
    }

    #[test]
    fn copies_count_once_where_they_were_first() {
        let all =
            sampled(&[("en", "title", "a", 1, true), ("en", "title", "a", 2, false), ("es", "title", "b", 1, true)]);
        assert_eq!((all.found, all.entries, all.share), (1, 2, Share::of([(0, 1, 2)])));
        assert_eq!(all.langs.keys().count(), 1);
    }

    #[test]
    fn kinds_are_not_mixed() {
        let mixed = sampled(&[("en", "title", "a", 1, true), ("en", "bullet", "a", 2, false)]);
        assert!(mixed.is_mixed() && mixed.entries == 2);
        assert_eq!(sampled(&[]), Sampled::default());
    }
}
