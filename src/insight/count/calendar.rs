//! The days on which there were digests: where there was none, nothing was sampled, and no count is zero.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::bucket::{By, Values, all_days};
use super::request::CountRequest;
use crate::backend::{Catalog, Codes, Error};
use crate::model::Field;
use crate::planning::Reader;
use crate::query::{Dimension, Filters, Key, NodeKind, Selection, Span};

/// The days that are counted by, and the digests.
pub struct Calendar {
    /// All days that are asked for; see [`all_days`]. None where no days are counted by.
    days: BTreeSet<NaiveDate>,
    /// The topics that have a digest, by day.
    digests: BTreeMap<NaiveDate, Vec<String>>,
    /// The corpora that have a digest, by day, where corpora are counted.
    corpora: BTreeMap<NaiveDate, Vec<String>>,
}

/// The spans of days that are counted by, and the digests in them, by codes of the values. Fields that are no spans have
/// the code 0.
pub struct Spans<'a> {
    by: &'a [By],
    values: &'a [Values],
    /// All spans of days that are asked for.
    pub all: BTreeSet<Codes>,
    /// The topics that have a digest, by span.
    digests: BTreeMap<Codes, BTreeSet<&'a String>>,
    /// The corpora that have a digest, by span.
    corpora: BTreeMap<Codes, BTreeSet<&'a String>>,
}

impl Calendar {
    pub fn new(request: &CountRequest, reader: &Reader) -> Result<Self, Error> {
        let mut calendar = Self { days: BTreeSet::new(), digests: BTreeMap::new(), corpora: BTreeMap::new() };
        if request.by.iter().any(|by| by.is_time()) {
            for (topic, day) in digests(&request.selection, Field::Topic, reader)? {
                calendar.digests.entry(day).or_default().push(topic);
            }
            if request.by.contains(&By::Facet(Field::Corpus)) {
                for (corpus, day) in digests(&request.selection, Field::Corpus, reader)? {
                    calendar.corpora.entry(day).or_default().push(corpus);
                }
            }
            let days = calendar.digests.keys().copied().collect();
            let days = all_days(&days, reader.catalog().as_of);
            calendar.days = days.filter(|day| is_asked(&request.selection, *day)).collect();
        }
        Ok(calendar)
    }

    /// The spans of a field that are asked for, some more than once.
    pub fn values(&self, by: By) -> impl Iterator<Item = Option<String>> {
        self.days.iter().filter(move |_| by.is_time()).map(move |day| Some(by.span(*day)))
    }

    /// The spans, by codes of all values of the fields.
    pub fn spans<'a>(&'a self, by: &'a [By], values: &'a [Values]) -> Spans<'a> {
        // The spans that a day is in, where they are among the values.
        let codes = |day: &NaiveDate| {
            let mut codes = Codes::default();
            for ((code, by), values) in codes.iter_mut().zip(by).zip(values).filter(|((_, by), _)| by.is_time()) {
                *code = values.binary_search(&Some(by.span(*day))).ok()? as u32;
            }
            Some(codes)
        };
        let by_span = |by_day: &'a BTreeMap<NaiveDate, Vec<String>>| {
            let mut by_span: BTreeMap<Codes, BTreeSet<&String>> = BTreeMap::new();
            for (day, values) in by_day {
                codes(day).into_iter().for_each(|span| by_span.entry(span).or_default().extend(values));
            }
            by_span
        };
        let (digests, corpora) = (by_span(&self.digests), by_span(&self.corpora));
        Spans { by, values, all: self.days.iter().filter_map(codes).collect(), digests, corpora }
    }
}

impl Spans<'_> {
    /// The codes of the fields that are spans of days, or of the others; 0 for the rest.
    pub fn part(&self, codes: Codes, time: bool) -> Codes {
        let mut part = Codes::default();
        for ((to, code), by) in part.iter_mut().zip(codes).zip(self.by) {
            *to = if by.is_time() == time { code } else { 0 };
        }
        part
    }

    /// Reports whether there is a digest in a span that could have entries with the values.
    pub fn has(&self, codes: Codes, catalog: &Catalog) -> bool {
        let value = |field: usize| self.values[field][codes[field] as usize].as_ref();
        let span = self.part(codes, true);
        let has_corpus = self.by.iter().enumerate().all(|(field, by)| match (by, value(field)) {
            (By::Facet(Field::Corpus), Some(value)) => {
                self.corpora.get(&span).is_some_and(|corpora| corpora.contains(value))
            }
            _ => true,
        });
        let fits = |topic: &String| {
            self.by.iter().enumerate().all(|(field, by)| match (by, value(field)) {
                (By::Facet(Field::Topic), Some(value)) => value == topic,
                (By::Facet(Field::Perspective), Some(value)) => {
                    catalog.topics.get(topic).is_some_and(|topic| topic.perspectives.contains_key(value))
                }
                _ => true,
            })
        };
        has_corpus && self.digests.get(&span).is_some_and(|topics| topics.iter().any(|topic| fits(topic)))
    }
}

/// The digests of the topics and corpora asked for, and of those that have the perspectives asked for, by a field.
fn digests(selection: &Selection, field: Field, reader: &Reader) -> Result<BTreeSet<(String, NaiveDate)>, Error> {
    let asked = |with_perspectives: bool| {
        let of = |what: &NodeKind| match what {
            NodeKind::Value(Field::Perspective, _) => with_perspectives,
            NodeKind::Value(field, _) => matches!(field, Field::Topic | Field::Corpus),
            _ => false,
        };
        let mut filters = Filters { values: selection.filters.values.clone(), ..Filters::default() };
        let is_of_digests = |field| matches!(field, Field::Topic | Field::Corpus);
        filters.values.retain(|field| is_of_digests(field) || with_perspectives && field == Field::Perspective);
        let text = selection.text.as_ref().and_then(|text| text.only(of));
        Selection { text, filters, ..Selection::default() }
    };
    let field = Dimension::Facet(field);
    let with_perspectives = reader.tally(&asked(true), &[field])?.counts.keys.concat();
    let all = reader.tally(&asked(false), &[field, Dimension::DigestDate(Span::Day)])?.counts;
    let digest = |(codes, _): &(Codes, usize)| match all.keys_of(*codes).collect::<Vec<_>>()[..] {
        [Key::Value(value), Key::Day(day)] if with_perspectives.contains(&Key::Value(value.clone())) => {
            Some((value.clone(), *day))
        }
        _ => None,
    };
    Ok(all.cells.iter().filter_map(digest).collect())
}

/// Reports whether entries of a day are asked for.
fn is_asked(selection: &Selection, day: NaiveDate) -> bool {
    let days = &selection.filters.days;
    let text = selection.text.as_ref().and_then(|text| text.only(|what| matches!(what, NodeKind::Days(_))));
    (days.is_empty() || days.iter().any(|days| days.contains(day))) && text.is_none_or(|text| text.root.allows(day))
}
