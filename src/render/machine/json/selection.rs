//! A selection of entries, as it was requested and parsed, as JSON.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::model::Field;
use crate::query::{Days, Filters, Selection, Spelling, Suggestions};

/// A selection.
#[derive(Serialize)]
pub struct SelectionFields<'a> {
    query: Option<&'a str>,
    /// The parsed query, fully parenthesized.
    understood: Option<String>,
    like: Option<&'a str>,
    spellings: Vec<SpellingFields<'a>>,
    suggestions: Option<SuggestionFields<'a>>,
    filters: FilterValues<'a>,
}

impl<'a> SelectionFields<'a> {
    /// Returns a selection with its spellings and suggestions.
    pub fn new(selection: &'a Selection, spellings: &'a [Spelling], suggestions: Option<&'a Suggestions>) -> Self {
        Self {
            query: selection.text.as_ref().map(|t| t.text.as_str()),
            understood: selection.text.as_ref().map(ToString::to_string),
            like: selection.like.as_deref(),
            spellings: spellings.iter().map(SpellingFields::new).collect(),
            suggestions: suggestions.map(SuggestionFields::new),
            filters: FilterValues(&selection.filters),
        }
    }
}

/// The number of built-in fields whose keys come before the days. Those of later fields follow at the end.
const BEFORE_DAYS: usize = 5;

/// The values of each field, days, and the values of custom fields, if there are any.
struct FilterValues<'a>(&'a Filters);

impl Serialize for FilterValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let (first, last) = Field::BUILT_IN.split_at(BEFORE_DAYS);
        for field in first {
            map.serialize_entry(field.as_str(), self.0.get(*field))?;
        }
        map.serialize_entry("days", &self.0.days.iter().map(Span::new).collect::<Vec<_>>())?;
        let custom = self.0.values.iter().filter(|(field, _)| matches!(field, Field::Custom(_)));
        let custom: BTreeMap<&str, &[String]> = custom.map(|(field, values)| (field.as_str(), values)).collect();
        if !custom.is_empty() {
            map.serialize_entry("fields", &custom)?;
        }
        for field in last {
            map.serialize_entry(field.as_str(), self.0.get(*field))?;
        }
        map.end()
    }
}

/// A range of days; null where it is open.
#[derive(Serialize)]
pub struct Span {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Span {
    /// Returns a range.
    pub fn new(days: &Days) -> Self {
        Self { first: days.first, last: days.last }
    }
}

#[derive(Serialize)]
struct SpellingFields<'a> {
    word: &'a str,
    words: &'a [String],
}

impl<'a> SpellingFields<'a> {
    fn new(spelling: &'a Spelling) -> Self {
        Self { word: &spelling.typed, words: &spelling.words }
    }
}

#[derive(Serialize)]
struct SuggestionFields<'a> {
    unknown: Vec<SpellingFields<'a>>,
    any: usize,
    unfiltered: usize,
    empty_days: bool,
}

impl<'a> SuggestionFields<'a> {
    fn new(suggestions: &'a Suggestions) -> Self {
        let Suggestions { unknown, any, unfiltered, empty_days } = suggestions;
        let unknown = unknown.iter().map(SpellingFields::new).collect();
        Self { unknown, any: *any, unfiltered: *unfiltered, empty_days: *empty_days }
    }
}
