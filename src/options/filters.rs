//! The filters, the same for every question.

use chrono::NaiveDate;

use super::Error;
use crate::engine::Catalog;
use crate::model::Kind;
use crate::query::{DateError, Days, Filters};

/// What a unit must be. Values of one option are alternatives; dates are as they were written.
#[derive(Debug, Clone, Default)]
pub struct FilterOptions {
    /// Ids or names of topics.
    pub topic: Vec<String>,
    /// Ids or names of perspectives.
    pub perspective: Vec<String>,
    /// Names of outlets.
    pub source: Vec<String>,
    /// Kinds of unit.
    pub kind: Vec<Kind>,
    /// Codes of languages.
    pub lang: Vec<String>,
    /// The first day.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// Days, or spans of them.
    pub on: Vec<String>,
    /// The day that relative dates count from, instead of the newest digest's.
    pub as_of: Option<String>,
}

impl FilterOptions {
    /// The day that relative dates count from.
    pub fn as_of(&self, catalog: &Catalog) -> Result<Option<NaiveDate>, Error> {
        let day = self.as_of.as_ref().map(|day| Days::parse_one(day, catalog.as_of)).transpose();
        let day = day.map_err(|error| Error::new("as-of", error))?;
        Ok(day.map_or(catalog.as_of, |day| day.last))
    }

    /// The filters, with relative dates counted from that day.
    pub fn filters(&self, catalog: &Catalog) -> Result<Filters, Error> {
        Ok(Filters {
            topics: self.topic.clone(),
            perspectives: self.perspective.clone(),
            sources: self.source.clone(),
            kinds: self.kind.clone(),
            langs: self.lang.clone(),
            days: self.days(self.as_of(catalog)?)?,
            of_digests: false,
        })
    }

    /// How dates were read that could be read in another way; `days` are those of other options.
    pub(super) fn readings(&self, days: &[String]) -> Vec<String> {
        let own = self.since.iter().chain(&self.until).chain(&self.on).chain(&self.as_of);
        own.chain(days).filter_map(|days| Days::reading(days)).collect()
    }

    fn days(&self, as_of: Option<NaiveDate>) -> Result<Vec<Days>, Error> {
        let end = |option, text: &Option<String>| {
            let days = text.as_ref().map(|text| Days::parse_one(text, as_of)).transpose();
            days.map_err(|error| Error::new(option, error))
        };
        let first = end("since", &self.since)?.and_then(|days| days.first);
        let last = end("until", &self.until)?.and_then(|days| days.last);
        if let (Some(first), Some(last)) = (first, last)
            && first > last
        {
            return Err(Error::new("until", DateError::Backwards { text: format!("{first}..{last}") }));
        }
        let on = |(at, text): (usize, &String)| {
            Days::parse(text, as_of).map_err(|error| Error { at, ..Error::new("on", error) })
        };
        let mut days = self.on.iter().enumerate().map(on).collect::<Result<Vec<_>, _>>()?;
        if days.is_empty() && (first.is_some() || last.is_some()) {
            days.push(Days::default());
        }
        for (at, span) in days.iter_mut().enumerate() {
            *span = span.within(&Days { first, last });
            if matches!((span.first, span.last), (Some(first), Some(last)) if first > last) {
                return Err(Error { at, ..Error::new("on", DateError::Backwards { text: span.to_string() }) });
            }
        }
        Ok(days)
    }
}
