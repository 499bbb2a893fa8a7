//! Values of fields in a segment, by code.

use chrono::NaiveDate;
use tantivy::DocId;

use crate::backend::Sources;
use crate::model::Field;
use crate::query::{Dimension, Key, Span};
use crate::tantivy::fields;
use crate::tantivy::matching::{Lists, Names, Number, Numbers, Segment};

/// The values of a field in a segment, by code.
pub enum Values<'a> {
    /// Names, and the displayed names of some codes.
    Facet(&'a Names, Vec<(u64, &'a str)>),
    /// Lists of texts.
    Lists(&'a Lists),
    Days(Days<'a>),
}

/// Time spans.
pub struct Days<'a> {
    numbers: &'a Numbers,
    first: u64,
    /// The code of each day from the first on; empty if every day is a span.
    codes: Vec<u64>,
    /// The first day of each span, by code.
    spans: Vec<NaiveDate>,
}

impl<'a> Values<'a> {
    /// Opens a field; that of sources with their displayed names.
    pub fn open(dimension: Dimension, segment: &'a Segment, sources: Option<&'a Sources>) -> tantivy::Result<Self> {
        match dimension {
            Dimension::Facet(Field::Custom(field)) => Ok(Self::Lists(segment.lists(field)?)),
            Dimension::Facet(field) => {
                let names = segment.names(field)?;
                let sources = sources.filter(|_| field == Field::Source);
                Ok(Self::Facet(names, sources.map_or_else(Vec::new, |sources| sources.renamed(&names.values))))
            }
            Dimension::Date(span) => Ok(Self::Days(Days::new(segment.numbers(Number::Date)?, span))),
            Dimension::DigestDate(span) => Ok(Self::Days(Days::new(segment.numbers(Number::DigestDate)?, span))),
        }
    }

    /// Returns the number of codes.
    pub fn codes(&self) -> u64 {
        match self {
            Self::Facet(names, _) => names.values.len() as u64,
            Self::Lists(lists) => lists.texts.len() as u64 + 1,
            Self::Days(days) => days.codes(),
        }
    }

    /// Reports whether an entry may have several codes.
    pub fn are_lists(&self) -> bool {
        matches!(self, Self::Lists(_))
    }

    /// Returns the codes of entries, one after another; those of a list are sorted.
    pub fn codes_of(&self, docs: &[DocId], codes: &mut Vec<u64>) {
        codes.clear();
        codes.resize(if self.are_lists() { 0 } else { docs.len() }, 0);
        match self {
            Self::Lists(lists) => docs.iter().for_each(|doc| codes.extend(lists.codes(*doc))),
            Self::Facet(names, _) => names.numbers.get_vals(docs, codes),
            Self::Days(days) => {
                days.numbers.get_vals(docs, codes);
                for code in codes {
                    *code -= days.first;
                    *code = days.codes.get(*code as usize).copied().unwrap_or(*code);
                }
            }
        }
    }

    /// Returns the key of a code; several codes may have the same key.
    pub fn key(&self, code: u64) -> Key {
        match self {
            Self::Days(days) => Key::Day(match days.spans.get(code as usize) {
                Some(first) => *first,
                None => fields::day(days.first + code),
            }),
            Self::Lists(lists) => lists.text(code).map_or(Key::None, |text| Key::Value(text.to_owned())),
            Self::Facet(names, renamed) => match &*names.values[code as usize] {
                "" => Key::None,
                value => {
                    let shown = renamed.binary_search_by_key(&code, |(code, _)| *code);
                    Key::Value(shown.map_or(value, |at| renamed[at].1).to_owned())
                }
            },
        }
    }
}

impl<'a> Days<'a> {
    fn new(numbers: &'a Numbers, span: Span) -> Self {
        let (first, last) = (numbers.min_value(), numbers.max_value());
        let (mut codes, mut spans) = (Vec::new(), Vec::new());
        if span != Span::Day {
            for day in first..=last {
                let start = span.first(fields::day(day));
                if spans.last() != Some(&start) {
                    spans.push(start);
                }
                codes.push(spans.len() as u64 - 1);
            }
        }
        Self { numbers, first, codes, spans }
    }

    fn codes(&self) -> u64 {
        match self.spans.len() {
            0 => self.numbers.max_value().saturating_sub(self.first) + 1,
            spans => spans as u64,
        }
    }
}
