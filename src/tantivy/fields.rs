//! Tantivy's schema, built from the list of fields.

use chrono::{Datelike, NaiveDate};
use tantivy::Term;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use crate::model::DigestId;

/// A field of the schema.
#[derive(Debug, Clone, Copy)]
struct FieldSpec {
    /// The name in the index.
    name: &'static str,
    /// The kind of index.
    index: Index,
}

/// The kind of index of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Index {
    /// Untokenized values, several per document.
    Key,
    /// One untokenized value, with a column.
    Facet,
    /// A facet that is also stored: for a few hits, reading it is faster than opening a column.
    Name,
    /// An unsigned number in a column.
    Number,
    /// Terms with positions, for phrases.
    Positions,
    /// Stored only.
    Stored,
}

/// All fields. Days count from 1 January of the year 1.
const FIELDS: [FieldSpec; 20] = {
    const fn field(name: &'static str, index: Index) -> FieldSpec {
        FieldSpec { name, index }
    }
    [
        // The digest, by which entries are deleted and shown.
        field("digest", Index::Key),
        field("kind", Index::Facet),
        field("topic", Index::Facet),
        field("perspective", Index::Name),
        field("source", Index::Name),
        field("lang", Index::Name),
        // Folded names of the source. Those of topics and perspectives are few and in the catalog.
        field("source_key", Index::Key),
        // The date of a title; the digest's for other entries.
        field("date", Index::Number),
        field("digest_date", Index::Number),
        // The rank of the entry's id in its digest.
        field("place", Index::Number),
        // Equal for all copies of an article.
        field("copy", Index::Number),
        // Equal for all entries with the same content.
        field("content", Index::Number),
        field("exact", Index::Positions),
        field("stem", Index::Positions),
        // The words of the source's names.
        field("source_words", Index::Positions),
        // The id, which includes topic, digest date and kind.
        field("id", Index::Stored),
        field("text", Index::Stored),
        field("url", Index::Stored),
        field("locale", Index::Stored),
        field("attribution", Index::Stored),
    ]
};

/// Returns Tantivy's schema.
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

/// Returns a field by name; Tantivy numbers fields in the order of the list.
pub const fn field(name: &'static str) -> Field {
    let mut at = 0;
    while !is_same(FIELDS[at].name, name) {
        at += 1;
    }
    Field::from_field_id(at as u32)
}

/// Returns a field by name, at run time.
///
/// # Panics
/// The name is unknown.
pub fn named(name: &str) -> Field {
    let at = FIELDS.iter().position(|spec| spec.name == name).expect("a field of the index");
    Field::from_field_id(at as u32)
}

/// `==` in constant expressions.
const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Returns the term of all entries of a digest in the field `digest`.
pub fn digest_term(id: &DigestId) -> Term {
    Term::from_field_text(field("digest"), &id.to_string())
}

/// Encodes a day: days since 1 January of the year 1, which is day 1.
pub fn number(day: NaiveDate) -> u64 {
    u64::try_from(day.num_days_from_ce()).unwrap_or_default()
}

/// Decodes a day.
pub fn day(number: u64) -> NaiveDate {
    let days = i32::try_from(number).ok();
    days.and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or_default()
}
