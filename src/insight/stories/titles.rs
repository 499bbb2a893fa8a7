//! The titles of a topic in a language, each once: what stories are made of.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use super::passing::passing_stems;
use super::standing::standing;
use crate::backend::Error;
use crate::model::{Field, Kind};
use crate::planning::Reader;
use crate::query::{Dimension, Filters, Key, Sample, Selection, Span, Stems};
use crate::text::{Language, tokens};

/// Columns of titles, and their places.
const FIELDS: [Dimension; 6] = [
    Dimension::Facet(Field::Topic),
    Dimension::Facet(Field::Lang),
    Dimension::Facet(Field::Perspective),
    Dimension::Facet(Field::Source),
    Dimension::Date(Span::Day),
    Dimension::DigestDate(Span::Day),
];
const TOPIC: usize = 0;
const LANG: usize = 1;
const PERSPECTIVE: usize = 2;
const SOURCE: usize = 3;
const DATE: usize = 4;
const DIGEST: usize = 5;

/// The language of titles without one.
const UNSAID: &str = "en";

/// All titles of some topics.
pub struct Titles {
    pub sample: Sample,
    pub groups: Vec<Titled>,
    /// The perspectives of topics in digests in which they have titles of several languages: topic, perspective, day.
    mixed: HashSet<(u32, u32, NaiveDate)>,
}

/// The titles of a topic in a language.
pub struct Titled {
    pub topic: String,
    pub lang: String,
    /// Its entries by digest.
    pub digests: BTreeMap<NaiveDate, Vec<usize>>,
    /// By day, then by words and source.
    pub titles: Vec<Title>,
    /// The words of each wording that say what it is about, in order.
    pub wordings: Vec<Vec<u32>>,
    /// Whether each wording is that of a standing title.
    pub standing: Vec<bool>,
}

/// A title of a source, however often it was sampled.
pub struct Title {
    /// The entries that have it, as places in the sample; the earliest first.
    pub entries: Vec<usize>,
    /// When it was first published.
    pub day: NaiveDate,
    /// Its place among the wordings.
    pub wording: usize,
    /// Its source, as a code; none where it is unknown.
    pub source: Option<u32>,
}

impl Titles {
    /// Of the topics with these ids.
    pub fn of(topics: Vec<String>, reader: &Reader) -> Result<Self, Error> {
        if topics.is_empty() {
            return Ok(Self { sample: Sample::default(), groups: Vec::new(), mixed: HashSet::new() });
        }
        let filters = Filters::default().with(Field::Topic, topics).with(Field::Kind, vec![Kind::Title.to_string()]);
        let sample = reader.sample(&Selection { filters, ..Selection::default() }, &FIELDS)?;
        let stems = reader.stems(&sample.entries)?;
        let mut parts: BTreeMap<(u32, &str), Vec<usize>> = BTreeMap::new();
        // A title without a word, such as one of signs alone, is like no other.
        for entry in (0..sample.len()).filter(|entry| !stems.of(*entry).is_empty()) {
            let lang = text(&sample, LANG, entry).unwrap_or(UNSAID);
            parts.entry((sample.columns[TOPIC].codes[entry], lang)).or_default().push(entry);
        }
        let group = |((topic, lang), entries): ((u32, &str), Vec<usize>)| {
            let topic = value(&sample.columns[TOPIC].keys[topic as usize]).unwrap_or_default();
            Titled::new(topic, lang, entries, &sample, &stems)
        };
        let groups = parts.into_iter().map(group).collect();
        let mut titles = Self { sample, groups, mixed: HashSet::new() };
        titles.mixed = titles.mixed();
        Ok(titles)
    }

    /// The perspective of an entry, as a code.
    pub fn perspective(&self, entry: usize) -> Option<u32> {
        text(&self.sample, PERSPECTIVE, entry).map(|_| self.sample.columns[PERSPECTIVE].codes[entry])
    }

    /// Reports whether a perspective has titles of one language only in the digest that an entry is in, of the topic that it is of.
    pub fn is_one_language(&self, perspective: u32, entry: usize) -> bool {
        !self.mixed.contains(&(self.sample.columns[TOPIC].codes[entry], perspective, self.digest(entry)))
    }

    fn mixed(&self) -> HashSet<(u32, u32, NaiveDate)> {
        let (mut once, mut mixed) = (HashSet::new(), HashSet::new());
        for group in &self.groups {
            let entries = group.digests.values().flatten();
            let places = entries.filter_map(|entry| {
                Some((self.sample.columns[TOPIC].codes[*entry], self.perspective(*entry)?, self.digest(*entry)))
            });
            let places: HashSet<_> = places.collect();
            mixed.extend(places.intersection(&once).copied());
            once.extend(places);
        }
        mixed
    }

    /// The code of a perspective.
    pub fn perspective_code(&self, id: &str) -> Option<u32> {
        let place = self.sample.columns.get(PERSPECTIVE)?.keys.iter().position(|key| value(key) == Some(id));
        place.map(|place| place as u32)
    }

    /// The source of an entry, as a code.
    pub fn source(&self, entry: usize) -> u32 {
        self.sample.columns[SOURCE].codes[entry]
    }

    /// The day of the digest that an entry is in.
    pub fn digest(&self, entry: usize) -> NaiveDate {
        day(&self.sample, DIGEST, entry)
    }
}

impl Titled {
    fn new(topic: &str, lang: &str, entries: Vec<usize>, sample: &Sample, stems: &Stems) -> Self {
        // Words that are the same but for their endings are the same wording.
        let all: BTreeSet<&[u32]> = entries.iter().map(|entry| stems.of(*entry)).collect();
        let places: BTreeMap<&[u32], usize> = all.iter().copied().zip(0..).collect();
        let mut digests: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
        entries.iter().for_each(|entry| digests.entry(day(sample, DIGEST, *entry)).or_default().push(*entry));
        let mut copies: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        entries.into_iter().for_each(|entry| copies.entry(sample.copies[entry]).or_default().push(entry));
        let title = |mut entries: Vec<usize>| {
            entries.sort_by_key(|entry| (day(sample, DATE, *entry), *entry));
            let first = entries[0];
            let source = text(sample, SOURCE, first).map(|_| sample.columns[SOURCE].codes[first]);
            Title { day: day(sample, DATE, first), wording: places[stems.of(first)], source, entries }
        };
        let mut titles: Vec<Title> = copies.into_values().map(title).collect();
        // By content: the place of a title breaks ties between stories.
        titles.sort_by_key(|t| (t.day, t.wording, sample.columns[SOURCE].codes[t.entries[0]], t.entries[0]));
        let passing = passing_stems(Language::of(Some(lang)));
        let is_word: Vec<bool> = stems.terms.iter().map(|stem| tells(stem) && !passing.contains(stem)).collect();
        let words = |wording: &&[u32]| {
            let words: BTreeSet<u32> = wording.iter().copied().filter(|word| is_word[*word as usize]).collect();
            words.into_iter().collect()
        };
        let wordings: Vec<Vec<u32>> = all.iter().map(words).collect();
        let is_number = |word: u32| bare(&stems.terms[word as usize]).starts_with(|c: char| c.is_ascii_digit());
        let standing = standing(titles.iter().map(|title| (title.day, title.wording)), &wordings, is_number);
        Self { topic: topic.to_owned(), lang: lang.to_owned(), digests, titles, wordings, standing }
    }
}

/// Reports whether a stem says anything alone: a letter does not, nor does one of the characters that also stand in pairs.
fn tells(stem: &str) -> bool {
    let word = bare(stem);
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(first), None) => first.is_ascii_digit(),
        (Some(_), Some(_)) => word.is_ascii() || !matches!(&tokens(word)[..], [one] if one.is_unspaced()),
        (None, _) => false,
    }
}

/// A stem without what marks its language.
fn bare(stem: &str) -> &str {
    stem.trim_start_matches(['+', '='])
}

fn day(sample: &Sample, column: usize, entry: usize) -> NaiveDate {
    match sample.columns[column].key(entry) {
        Key::Day(day) => *day,
        Key::Value(_) | Key::None => NaiveDate::default(),
    }
}

fn text(sample: &Sample, column: usize, entry: usize) -> Option<&str> {
    value(sample.columns[column].key(entry))
}

fn value(key: &Key) -> Option<&str> {
    match key {
        Key::Value(value) => Some(value),
        Key::Day(_) | Key::None => None,
    }
}
