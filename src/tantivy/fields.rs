//! Tantivy's schema, made from the list of fields.

use chrono::{Datelike, NaiveDate};
use tantivy::Term;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use crate::model::DigestId;

/// A field and what it is for.
#[derive(Debug, Clone, Copy)]
struct FieldSpec {
    /// The name, as in the index.
    name: &'static str,
    /// How it is indexed.
    index: Index,
}

/// How a field is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Index {
    /// Whole values to look up, several a document.
    Key,
    /// One value to count by and to look up.
    Facet,
    /// The same, and kept beside the text: to show a few hits, that is found faster than a column is opened.
    Name,
    /// An unsigned number a document, to compare and sort by.
    Number,
    /// Terms with their positions, for phrases.
    Positions,
    /// Not indexed; kept to be shown.
    Stored,
}

/// All fields. Days are counted from 1 January of the year 1.
const FIELDS: [FieldSpec; 20] = {
    const fn field(name: &'static str, index: Index) -> FieldSpec {
        FieldSpec { name, index }
    }
    [
        // The digest it is in, to delete and to show it by.
        field("digest", Index::Key),
        field("kind", Index::Facet),
        field("topic", Index::Facet),
        field("perspective", Index::Name),
        field("source", Index::Name),
        field("lang", Index::Name),
        // A source's names as people type them: folded. Topics and perspectives are few; a catalog has their names.
        field("source_key", Index::Key),
        // A title's own day, the digest's for all else.
        field("date", Index::Number),
        field("digest_date", Index::Number),
        // The place of an entry's id among those of its digest.
        field("place", Index::Number),
        // The same for all copies of an article.
        field("copy", Index::Number),
        // The same for all entries that say the same, wherever they stand.
        field("content", Index::Number),
        field("exact", Index::Positions),
        field("stem", Index::Positions),
        // The words of a source's names.
        field("source_words", Index::Positions),
        // The id that people type: topic, digest's day and kind are in it.
        field("id", Index::Stored),
        field("text", Index::Stored),
        field("url", Index::Stored),
        field("locale", Index::Stored),
        field("attribution", Index::Stored),
    ]
};

/// Tantivy's schema.
pub fn schema() -> Schema {
    let mut builder = Schema::builder();
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let words = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    for spec in FIELDS {
        let text = TextOptions::default();
        match spec.index {
            Index::Key => builder.add_text_field(spec.name, text.set_indexing_options(raw.clone())),
            Index::Facet => builder.add_text_field(spec.name, text.set_indexing_options(raw.clone()).set_fast("raw")),
            Index::Name => {
                builder.add_text_field(spec.name, text.set_indexing_options(raw.clone()).set_fast("raw").set_stored())
            }
            Index::Number => builder.add_u64_field(spec.name, NumericOptions::from(FAST)),
            Index::Positions => builder.add_text_field(spec.name, text.set_indexing_options(words.clone())),
            Index::Stored => builder.add_text_field(spec.name, STORED),
        };
    }
    builder.build()
}

/// The fields by name, as Tantivy numbers them: in the order of the list.
pub const fn field(name: &'static str) -> Field {
    let mut at = 0;
    while !is_same(FIELDS[at].name, name) {
        at += 1;
    }
    Field::from_field_id(at as u32)
}

/// Returns the field of a name.
///
/// # Panics
/// There is none.
pub fn named(name: &str) -> Field {
    let at = FIELDS.iter().position(|spec| spec.name == name).expect("a field of the index");
    Field::from_field_id(at as u32)
}

/// `==`, where the compiler is to find the field.
const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The value that all entries of a digest have in the field `digest`.
pub fn digest_term(id: &DigestId) -> Term {
    Term::from_field_text(field("digest"), &id.to_string())
}

/// A day as a number: days since 1 January of the year 1, which is day 1.
pub fn number(day: NaiveDate) -> u64 {
    u64::try_from(day.num_days_from_ce()).unwrap_or_default()
}

/// The day that a number stands for.
pub fn day(number: u64) -> NaiveDate {
    let days = i32::try_from(number).ok();
    days.and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or_default()
}
