//! Tantivy's schema, built from the list of fields.

use chrono::{Datelike, NaiveDate};
use tantivy::Term;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use crate::backend::ValueForm;
use crate::model::{self, CustomField, CustomFields, DigestId};

/// A field of the schema.
#[derive(Debug, Clone, Copy)]
pub struct IndexField {
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
    /// A column of texts.
    Column,
    /// Terms with positions, for phrases.
    Positions,
    /// Stored only.
    Stored,
}

/// The number of built-in fields that entries are filtered by, which follow the first field.
const FACETS: usize = model::Field::BUILT_IN.len();

/// The number of fields of the index for each custom field: values, and folded values.
const PER_CUSTOM: usize = 2;

/// All fields but those of custom fields, which follow: `digest`, those of the table of fields, the others. Days count from 1
/// January of the year 1.
pub const FIELDS: [IndexField; 1 + FACETS + OTHERS.len()] = {
    let mut all = [field_of("digest", Index::Key); 1 + FACETS + OTHERS.len()];
    let mut at = 1;
    while at < all.len() {
        all[at] = if at <= FACETS { facet(model::Field::BUILT_IN[at - 1]) } else { OTHERS[at - 1 - FACETS] };
        at += 1;
    }
    all
};

const OTHERS: [IndexField; 17] = [
    // Folded names of the source. Those of topics and perspectives are few and in the catalog.
    field_of("source_key", Index::Key),
    // Folded paths of the section, and of the sections above it.
    field_of("section_key", Index::Key),
    // The date of a title; the digest's for other entries.
    field_of("date", Index::Number),
    field_of("digest_date", Index::Number),
    // What distinguishes several digests of a topic and day; empty without such.
    field_of("variant", Index::Column),
    // The rank of the entry's id in its digest.
    field_of("place", Index::Number),
    // Equal for all copies of an article.
    field_of("copy", Index::Number),
    // Equal for all entries with the same content.
    field_of("content", Index::Number),
    field_of("exact", Index::Positions),
    field_of("stem", Index::Positions),
    // The words of the source's names.
    field_of("source_words", Index::Positions),
    // The id, which includes topic, digest date and kind.
    field_of("id", Index::Stored),
    field_of("text", Index::Stored),
    field_of("url", Index::Stored),
    field_of("locale", Index::Stored),
    field_of("attribution", Index::Stored),
    field_of("description", Index::Stored),
];

const fn field_of(name: &'static str, index: Index) -> IndexField {
    IndexField { name, index }
}

/// Topic, kind and corpus are part of an id, which is stored.
const fn facet(field: model::Field) -> IndexField {
    let index = match field {
        model::Field::Topic | model::Field::Kind | model::Field::Corpus => Index::Facet,
        _ => Index::Name,
    };
    field_of(field.as_str(), index)
}

/// Returns the field of an index that has the values of a field of entries in a form.
///
/// # Panics
/// The field is not indexed in this form.
pub fn values(field: model::Field, form: ValueForm) -> Field {
    match (field, form) {
        (model::Field::Source, ValueForm::Folded) => const { self::field("source_key") },
        (model::Field::Section, ValueForm::Folded) => const { self::field("section_key") },
        (model::Field::Custom(field), form) => custom(field, form),
        (field, ValueForm::Counted) => built_in(place(field)),
        (_, ValueForm::Folded) => panic!("a field with folded values"),
    }
}

/// Returns the place of a built-in field among them.
pub fn place(field: model::Field) -> usize {
    model::Field::BUILT_IN.iter().position(|other| *other == field).expect("a built-in field")
}

/// Returns the field of an index that has the values of the built-in field at a place among them.
pub fn built_in(place: usize) -> Field {
    Field::from_field_id((1 + place) as u32)
}

fn custom(field: CustomField, form: ValueForm) -> Field {
    Field::from_field_id((FIELDS.len() + PER_CUSTOM * field.number() + form as usize) as u32)
}

/// Returns the number of the custom field whose values a field of the index has.
pub fn custom_number(field: Field) -> Option<usize> {
    (field.field_id() as usize).checked_sub(FIELDS.len()).map(|at| at / PER_CUSTOM)
}

/// Returns the number of custom fields of an index.
pub fn custom_fields(schema: &Schema) -> usize {
    schema.num_fields().saturating_sub(FIELDS.len()) / PER_CUSTOM
}

/// Returns the name of the column of a custom field. The field's own name may be that of another field of the index.
pub fn custom_column(number: usize) -> String {
    format!("custom_{number}")
}

/// Returns Tantivy's schema.
pub fn schema(custom: CustomFields) -> Schema {
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
            Index::Column => builder.add_text_field(spec.name, text.set_fast("raw")),
            Index::Number => builder.add_u64_field(spec.name, NumericOptions::from(FAST)),
            Index::Positions => builder.add_text_field(spec.name, text.set_indexing_options(words.clone())),
            Index::Stored => builder.add_text_field(spec.name, STORED),
        };
    }
    for number in 0..custom.iter().len() {
        let key = TextOptions::default().set_indexing_options(raw.clone());
        let name = custom_column(number);
        builder.add_text_field(&name, key.clone().set_fast("raw").set_stored());
        builder.add_text_field(&format!("{name}_folded"), key);
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
