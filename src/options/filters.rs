//! Filter options, shared by all commands.

use chrono::NaiveDate;

use super::{Error, FieldOptions, named};
use crate::backend::Catalog;
use crate::query::{DateError, Days, Filters};

/// Filters on entries. Values of one option are alternatives; dates are kept as written.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Filters (repeat for alternatives)")]
pub struct FilterOptions {
    /// The values of fields.
    #[command(flatten)]
    pub fields: FieldOptions,
    /// Value of a custom field, which `fields` or `sources` in digest-search.yaml define
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub conditions: Vec<String>,
    /// First day: 2026-01-07, 2026-01, "Jan 7 2026", 12/25/2025, 7d (the last seven days), "last month" …
    #[arg(long, visible_alias = "from", value_name = "DATE")]
    pub since: Option<String>,
    /// Last day
    #[arg(long, visible_alias = "to", value_name = "DATE")]
    pub until: Option<String>,
    /// A day, or a range such as 2026-01 or 2026-01-05..2026-01-09
    #[arg(long, value_name = "DATE")]
    pub on: Vec<String>,
    /// Count relative dates from this day instead of the newest digest's; a period such as 7d ends on it
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
}

impl FilterOptions {
    /// Returns the day that relative dates count from.
    pub fn as_of(&self, catalog: &Catalog) -> Result<Option<NaiveDate>, Error> {
        let day = self.as_of.as_ref().map(|day| Days::parse_one(day, catalog.as_of)).transpose();
        let day = day.map_err(|error| Error::new("as-of", error))?;
        Ok(day.map_or(catalog.as_of, |day| day.last))
    }

    /// Returns the filters, with relative dates resolved.
    pub fn filters(&self, catalog: &Catalog) -> Result<Filters, Error> {
        let mut values = self.fields.0.clone();
        for (at, condition) in self.conditions.iter().enumerate() {
            let (field, value) = named::condition(at, condition, catalog)?;
            values.add(field, value);
        }
        Ok(Filters { values, days: self.days(self.as_of(catalog)?)?, of_digests: false })
    }

    /// Returns notes on the reading of ambiguous dates; `days` are dates of other options.
    pub(super) fn readings(&self, days: &[String]) -> Vec<String> {
        let own = self.since.iter().chain(&self.until).chain(&self.on).chain(&self.as_of);
        own.chain(days).filter_map(|days| Days::interpretation(days)).collect()
    }

    /// Reports whether a date is relative.
    pub(super) fn counts_back(&self) -> bool {
        let days = self.since.iter().chain(&self.until).chain(&self.on);
        days.into_iter().any(|days| Days::is_relative(days))
    }

    fn days(&self, as_of: Option<NaiveDate>) -> Result<Vec<Days>, Error> {
        let end = |option, text: &Option<String>| {
            let days = text.as_ref().map(|text| Days::parse_one(text, as_of)).transpose();
            days.map_err(|error| Error::new(option, error))
        };
        let first = end("since", &self.since)?.and_then(|days| days.first);
        // What counts back from another day than the newest digest's ends on that day.
        let counts_back = self.as_of.is_some() && self.since.as_ref().is_some_and(|since| Days::is_relative(since));
        let last = match &self.until {
            None if counts_back => as_of,
            until => end("until", until)?.and_then(|days| days.last),
        };
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
