//! The days on which there were digests: where there was none, nothing was sampled, and no count is zero.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::CountRequest;
use super::bucket::{By, all_days};
use super::cells::Values;
use crate::engine::{Catalog, Error, Reader};
use crate::query::{Dimension, FacetField, Field, Filters, Key, Selection, Span, What};

/// The spans of days that are counted by, and the digests in them.
pub struct Calendar<'a> {
    by: &'a [By],
    /// All spans of days that are asked for; see [`all_days`].
    pub spans: BTreeSet<Values>,
    /// The topics that have a digest, by span.
    digests: BTreeMap<Values, BTreeSet<String>>,
}

impl<'a> Calendar<'a> {
    pub fn new(request: &'a CountRequest, reader: &Reader) -> Result<Self, Error> {
        let mut calendar = Self { by: &request.by, spans: BTreeSet::new(), digests: BTreeMap::new() };
        if !request.by.iter().any(|by| by.is_time()) {
            return Ok(calendar);
        }
        let digests = digests(&request.selection, reader)?;
        let days: BTreeSet<NaiveDate> = digests.iter().map(|(_, day)| *day).collect();
        let days = all_days(&days, reader.catalog().as_of);
        calendar.spans = days.filter(|day| is_asked(&request.selection, *day)).map(|day| calendar.of(day)).collect();
        for (topic, day) in digests {
            calendar.digests.entry(calendar.of(day)).or_default().insert(topic);
        }
        Ok(calendar)
    }

    /// The values of all fields, of a span and of the fields that are no spans.
    pub fn joined(&self, span: &Values, others: &Values) -> Values {
        let (mut span, mut others) = (span.iter(), others.iter());
        let mut value = |by: &By| if by.is_time() { span.next() } else { others.next() };
        self.by.iter().map(|by| value(by).cloned().flatten()).collect()
    }

    /// Of the values of all fields those that are spans of days, or the others.
    pub fn part(&self, values: &Values, time: bool) -> Values {
        self.by.iter().zip(values).filter(|(by, _)| by.is_time() == time).map(|(_, value)| value.clone()).collect()
    }

    /// Whether there is a digest in a span that could have units with the values.
    pub fn has(&self, values: &Values, catalog: &Catalog) -> bool {
        let fits = |topic: &String| {
            self.by.iter().zip(values).all(|(by, value)| match (by, value) {
                (By::Facet(FacetField::Topic), Some(value)) => value == topic,
                (By::Facet(FacetField::Perspective), Some(value)) => {
                    catalog.topics.get(topic).is_some_and(|topic| topic.perspectives.contains_key(value))
                }
                _ => true,
            })
        };
        self.digests.get(&self.part(values, true)).is_some_and(|topics| topics.iter().any(fits))
    }

    /// The spans that a day is in.
    fn of(&self, day: NaiveDate) -> Values {
        self.by.iter().filter(|by| by.is_time()).map(|by| Some(by.span(day))).collect()
    }
}

/// The digests of the topics asked for, and of those that have the sides asked for.
fn digests(selection: &Selection, reader: &Reader) -> Result<BTreeSet<(String, NaiveDate)>, Error> {
    let asked = |perspectives: bool| {
        let of = |what: &What| match what {
            What::Value(Field::Perspective, _) => perspectives,
            What::Value(field, _) => *field == Field::Topic,
            _ => false,
        };
        let Filters { topics, perspectives: sides, .. } = selection.filters.clone();
        let perspectives = if perspectives { sides } else { Vec::new() };
        let filters = Filters { topics, perspectives, ..Filters::default() };
        let text = selection.text.as_ref().and_then(|text| text.only(of));
        Selection { text, filters, ..Selection::default() }
    };
    let topic = Dimension::Facet(FacetField::Topic);
    let with_sides = reader.tally(&asked(true), &[topic])?.counts;
    let all = reader.tally(&asked(false), &[topic, Dimension::DigestDate(Span::Day)])?.counts;
    let digest = |keys: Vec<Key>| match <[Key; 2]>::try_from(keys) {
        Ok([topic, Key::Day(day)]) if with_sides.contains_key(&vec![topic.clone()]) => Some((topic.into_value()?, day)),
        _ => None,
    };
    Ok(all.into_keys().filter_map(digest).collect())
}

/// Whether units of a day are asked for.
fn is_asked(selection: &Selection, day: NaiveDate) -> bool {
    let days = &selection.filters.days;
    let text = selection.text.as_ref().and_then(|text| text.only(|what| matches!(what, What::Days(_))));
    (days.is_empty() || days.iter().any(|days| days.contains(day))) && text.is_none_or(|text| text.root.allows(day))
}
