//! Search responses.

use std::ops::Range;

use chrono::NaiveDate;

use crate::model::{CustomField, CustomFields, Field, Kind};

/// Response to a search request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchResponse {
    /// Total number of hits, including those not returned.
    pub total: usize,
    /// Number of matching entries, including copies.
    pub total_entries: usize,
    /// Requested hits, best first.
    pub hits: Vec<Hit>,
    /// Requested facets, in the order of the request.
    pub facets: Vec<Facet>,
    /// Typed words that matched other spellings.
    pub spellings: Vec<Spelling>,
    /// Suggestions where nothing matches the words.
    pub suggestions: Option<Suggestions>,
}

/// A typed word and indexed words of similar spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// Word as typed.
    pub typed: String,
    /// Folded indexed words.
    pub words: Vec<String>,
}

/// A requested source, and likely other names of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarSources {
    /// Name as typed.
    pub typed: String,
    /// Other names with their numbers of entries, the most frequent first.
    pub others: Vec<(String, usize)>,
}

/// Suggestions for a query without matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestions {
    /// Unknown words, each with similar indexed words, the nearest and most frequent first. A prefix such as `licen*`
    /// counts as a word.
    pub unknown: Vec<Spelling>,
    /// Number of entries that pass the filters and match any word; 0 where not applicable.
    pub any: usize,
    /// Number of entries that match without the filters.
    pub unfiltered: usize,
    /// True if the requested topics have no digests on the requested days.
    pub empty_days: bool,
}

/// Component of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Words of the query, or shared words in a search for similar entries.
    pub words: String,
    /// Kind of match.
    pub how: MatchKind,
    /// Contribution to the score.
    pub score: f64,
}

/// Kind of match of a part of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchKind {
    /// A form of the words in the text.
    Form,
    /// The exact words in the text.
    Exact,
    /// The words in the name of the source.
    Source,
    /// Two words of the query near each other.
    Near,
}

impl MatchKind {
    /// Returns the name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Exact => "exact",
            Self::Source => "source",
            Self::Near => "near",
        }
    }
}

/// A matching entry, which represents its copies.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Entry.
    pub entry: Entry,
    /// Score, comparable within a response; none for a query without words.
    pub score: Option<f64>,
    /// Number of matching copies.
    pub copies: usize,
    /// Ids of the copies, best first, if requested.
    pub copy_ids: Vec<String>,
    /// Byte ranges of the text that match.
    pub marks: Vec<Range<usize>>,
    /// Byte ranges of the source's name that match.
    pub source_marks: Vec<Range<usize>>,
    /// Byte ranges of the description that match.
    pub description_marks: Vec<Range<usize>>,
    /// Components of the score, if requested.
    pub reasons: Vec<Reason>,
}

/// Displayed fields of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id of the entry.
    pub id: String,
    /// Kind of the entry.
    pub kind: Kind,
    /// Topic.
    pub topic: Named,
    /// Perspective; none for highlights and for titles of unknown perspective.
    pub perspective: Option<Named>,
    /// Evidence for the perspective of a title: `config`, `heading`, `order` or `locale`.
    pub attribution: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// Locale of a title.
    pub locale: Option<String>,
    /// Day of publication of a title, or the day of the digest.
    pub date: NaiveDate,
    /// Day of the digest.
    pub digest_date: NaiveDate,
    /// Text.
    pub text: String,
    /// Link of a title.
    pub url: Option<String>,
    /// Text about the article of a title.
    pub description: Option<String>,
    /// Path of the headings above the entry.
    pub section: Option<String>,
    /// Id of the corpus, in an index of several.
    pub corpus: Option<String>,
    /// Values of custom fields.
    pub fields: CustomTexts,
}

impl Entry {
    /// Returns the id of the digest.
    pub fn digest_id(&self) -> &str {
        self.id.rsplit_once('#').map_or(&self.id, |(digest, _)| digest)
    }

    /// Returns what distinguishes the digest from others of its topic and day; empty where nothing does.
    pub fn variant(&self) -> &str {
        let id = self.digest_id();
        let corpus = self.corpus.as_deref().and_then(|corpus| id.strip_prefix(corpus)?.strip_prefix(':'));
        let rest = corpus.unwrap_or(id).strip_prefix(self.topic.id.as_str()).and_then(|rest| rest.split_once('~'));
        rest.map_or("", |(_, variant)| variant)
    }
}

/// Values of an entry's custom fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomTexts {
    /// Custom fields of the index.
    pub of: CustomFields,
    /// Values, in the order of the fields and of the digest.
    pub values: Vec<(CustomField, String)>,
}

impl CustomTexts {
    /// Iterates over all custom fields, each with its values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Vec<&str>)> {
        let values = |field| self.values.iter().filter(move |(of, _)| *of == field).map(|(_, value)| value.as_str());
        self.of.iter().map(move |field| (field.name(), values(field).collect()))
    }
}

/// A topic or a perspective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Id, as used in filters.
    pub id: String,
    /// Display name.
    pub name: String,
}

/// Counts of the values of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Field.
    pub field: Field,
    /// All values, sorted by count with all filters, by count with the other filters, and by value.
    pub values: Vec<FacetValue>,
}

/// A value of a field with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// Value; none for entries without one, such as the perspective of highlights.
    pub value: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// Number of entries with all filters.
    pub count: usize,
    /// Number of entries with the filters on other fields.
    pub lifted: usize,
    /// Number of entries without filters.
    pub unfiltered: usize,
}
