//! The answer.

use std::ops::Range;

use chrono::NaiveDate;

use super::FacetField;
use crate::schema::Kind;

/// What matches a request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResponse {
    /// How many hits there are, whatever part of them is given here.
    pub total: usize,
    /// How many units match, copies counted one by one.
    pub total_units: usize,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// The counts asked for, in the order asked for.
    pub facets: Vec<Facet>,
}

/// A unit that matches, standing for its copies.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The unit.
    pub unit: Unit,
    /// How well it matches; only comparable within one answer. None where there were no words.
    pub score: Option<f64>,
    /// The ids of the matching units that are copies of it, best first.
    pub copies: Vec<String>,
    /// The bytes of the text that match the words.
    pub marks: Vec<Range<usize>>,
}

/// What is shown of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The id that people type.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The topic.
    pub topic: Side,
    /// The side; none for highlights and for titles whose side is open.
    pub perspective: Option<Side>,
    /// How a title's side is known: `config`, `heading`, `order` or `locale`.
    pub attribution: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The language's code.
    pub lang: Option<String>,
    /// A title's locale.
    pub locale: Option<String>,
    /// A title's day of publication, the digest's day for all else.
    pub date: NaiveDate,
    /// The day of the digest it is in.
    pub digest_date: NaiveDate,
    /// The text.
    pub text: String,
    /// A title's link.
    pub url: Option<String>,
}

/// A topic or a perspective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The id, as typed in filters.
    pub id: String,
    /// The name for people.
    pub name: String,
}

/// How the matching units are spread over the values of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Its values, the most frequent first, then by value. All of them.
    pub values: Vec<FacetValue>,
}

/// A value of a field and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value; none for units without one, such as highlights by perspective.
    pub value: Option<String>,
    /// The name for people.
    pub name: Option<String>,
    /// How many matching units have it.
    pub count: usize,
}
