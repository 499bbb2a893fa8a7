//! The answer.

use std::ops::Range;

use chrono::NaiveDate;

use crate::model::{Field, Kind};

/// What matches a request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResponse {
    /// How many hits there are, whatever part of them is given here.
    pub total: usize,
    /// How many entries match, copies counted one by one.
    pub total_entries: usize,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// The counts asked for, in the order asked for.
    pub facets: Vec<Facet>,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// What may help, where nothing matches the words.
    pub suggestions: Option<Suggestions>,
}

/// A typed word and indexed words that are spelt much like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// What was typed.
    pub typed: String,
    /// The words, folded.
    pub words: Vec<String>,
}

/// A source that was asked for, and names that are likely other names of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likely {
    /// The name as it was typed.
    pub typed: String,
    /// The other names, the most frequent first, with how many entries have each.
    pub others: Vec<(String, usize)>,
}

/// What may help where nothing matches. Nothing of it is searched for unless asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestions {
    /// The words that no entry has, each with the nearest that some have; the nearest and most frequent first. `licen*`
    /// is one where no word begins so.
    pub unknown: Vec<Spelling>,
    /// How many entries that pass the filters match the same with any of its words; 0 where that was asked for, or can't
    /// be asked for.
    pub any: usize,
    /// How many entries match without the filters.
    pub unfiltered: usize,
    /// Whether nothing at all is indexed of the days that are asked for, of the topics that are: which does not say that
    /// nothing was said.
    pub empty_days: bool,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The words of the query, or the shared ones where entries are sought that are like another.
    pub words: String,
    /// How it matches.
    pub how: MatchKind,
    /// What it adds to the score.
    pub score: f64,
}

/// How a part of a query matches an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchKind {
    /// The text has the words in some form.
    Form,
    /// The text has the words as typed.
    Exact,
    /// The source's name has them.
    Source,
    /// Two words of the query stand near each other.
    Near,
}

impl MatchKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Exact => "exact",
            Self::Source => "source",
            Self::Near => "near",
        }
    }
}

/// An entry that matches, standing for its copies.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// How well it matches; only comparable within one answer. None where there were no words.
    pub score: Option<f64>,
    /// How many matching entries are copies of it.
    pub copies: usize,
    /// Their ids, best first, where these are asked for.
    pub copy_ids: Vec<String>,
    /// The bytes of the text that match the words.
    pub marks: Vec<Range<usize>>,
    /// The bytes of the source's name that do.
    pub source_marks: Vec<Range<usize>>,
    /// What the score is made of, where that was asked for.
    pub reasons: Vec<Reason>,
}

/// What is shown of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id that people type.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The topic.
    pub topic: Named,
    /// The perspective; none for highlights and for titles whose perspective is open.
    pub perspective: Option<Named>,
    /// How a title's perspective is known: `config`, `heading`, `order` or `locale`.
    pub attribution: Option<String>,
    /// The source.
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
pub struct Named {
    /// The id, as typed in filters.
    pub id: String,
    /// The name for people.
    pub name: String,
}

/// How the matching entries are spread over the values of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// Its values, the most frequent first (with all filters, then without the field's own), then by value. All that
    /// there are without the filters.
    pub values: Vec<FacetValue>,
}

/// A value of a field and how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value; none for entries without one, such as highlights by perspective.
    pub value: Option<String>,
    /// The name for people.
    pub name: Option<String>,
    /// How many matching entries have it.
    pub count: usize,
    /// How many have it that match without the filter on this field.
    pub lifted: usize,
    /// How many have it that match without any filter.
    pub unfiltered: usize,
}
