//! Dimensions of counts: fields of entries, and spans of days.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::model::{CustomFields, Field};
use crate::query::{Dimension, Key, Span};

/// A field to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A field of entries.
    Facet(Field),
    /// Their day.
    Day,
    /// The week of their day, from Monday (ISO 8601).
    Week,
    /// The month of their day.
    Month,
    /// The year of their day.
    Year,
}

impl By {
    /// The spans of days.
    pub const SPANS: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Returns all fields of an index with some custom fields.
    pub fn all(custom: CustomFields) -> impl Iterator<Item = Self> {
        Field::all(custom).map(Self::Facet).chain(Self::SPANS)
    }

    /// Returns the field with a name, in any case.
    pub fn from_name(name: &str, custom: CustomFields) -> Option<Self> {
        let span = Self::SPANS.into_iter().find(|span| span.as_str().eq_ignore_ascii_case(name));
        span.or_else(|| Field::from_name(name, custom).map(Self::Facet))
    }

    /// The field's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Facet(field) => field.as_str(),
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Reports whether it is a span of days.
    pub fn is_time(self) -> bool {
        !matches!(self, Self::Facet(_))
    }

    /// Returns the dimension for a backend; `days` selects which days.
    pub(super) fn dimension(self, days: fn(Span) -> Dimension) -> Dimension {
        match self {
            Self::Facet(field) => Dimension::Facet(field),
            Self::Day => days(Span::Day),
            Self::Week => days(Span::Week),
            Self::Month => days(Span::Month),
            Self::Year => days(Span::Year),
        }
    }

    /// The value, or the span, of entries with a key of the field.
    pub(super) fn value(self, key: &Key) -> Option<String> {
        match key {
            Key::Value(value) => Some(value.clone()),
            Key::Day(day) => Some(self.span(*day)),
            Key::None => None,
        }
    }

    /// The span that a day is in, as it can be typed as a date. Later spans are greater.
    pub(in crate::insight) fn span(self, day: NaiveDate) -> String {
        match self {
            Self::Week => {
                let week = day.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Self::Month => day.format("%Y-%m").to_string(),
            Self::Year => day.year().to_string(),
            Self::Day | Self::Facet(_) => day.to_string(),
        }
    }
}

/// Spans or values of a field, each once and in order where their places are their codes.
pub type Values = Vec<Option<String>>;

/// Returns the number of a day, from 0 for a Monday.
pub fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - 1
}

/// All days from the first digest to the newest, and those of digests from the future: one of these, which is most often a
/// slip, does not make years of empty days.
pub fn all_days(digests: &BTreeSet<NaiveDate>, as_of: Option<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let last = digests.last().copied();
    let newest = as_of.map_or(last, |as_of| last.min(Some(as_of)));
    let days = digests.first().copied().map(|first| first.iter_days().take_while(move |day| Some(*day) <= newest));
    days.into_iter().flatten().chain(digests.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Days;

    #[test]
    fn spans_can_be_typed_as_dates() {
        let mut day = NaiveDate::from_ymd_opt(2019, 12, 25).expect("a date");
        for _ in 0..800 {
            for by in [By::Day, By::Week, By::Month, By::Year] {
                let span = by.span(day);
                let days = Days::parse(&span, None).expect(&span);
                assert!(days.contains(day), "{span} {day}");
                assert!(days.last.is_some_and(|last| by.span(last) == span), "{span}");
                let (Dimension::Date(of_engine), Some(first)) = (by.dimension(Dimension::Date), days.first) else {
                    panic!("{span} is no span");
                };
                assert_eq!(of_engine.first(day), first, "{span}");
            }
            let next = day.succ_opt().expect("a date");
            assert!([By::Week, By::Month].iter().all(|by| by.span(day) <= by.span(next)));
            day = next;
        }
    }
}
