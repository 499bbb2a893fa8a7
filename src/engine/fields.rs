//! Tantivy's schema, made from the list of fields, and the way of a document back from Tantivy.

use chrono::{Datelike, NaiveDate};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{TantivyDocument, Term};

use super::Catalog;
use crate::digest::DigestId;
use crate::query::{Side, Unit};
use crate::schema::{FIELDS, Index, Kind};

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
            Index::Facet => {
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

/// `==`, where the compiler is to find the field.
const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// A whole value to look up.
pub fn key(name: &'static str, value: &str) -> Term {
    Term::from_field_text(field(name), value)
}

/// The value that all units of a digest have in the field `digest`.
pub fn digest_term(id: &DigestId) -> Term {
    key("digest", &id.to_string())
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

/// What is shown of a document; none where what is stored is not what was put in.
pub fn to_unit(stored: &TantivyDocument, date: NaiveDate, digest_date: NaiveDate, catalog: &Catalog) -> Option<Unit> {
    let text = |name| stored.get_first(field(name)).and_then(|v| v.as_str()).map(str::to_owned);
    let kind: Kind = text("kind")?.parse().ok()?;
    let topic = text("topic")?;
    let topic_name = catalog.topics.get(&topic).map_or(&topic, |t| &t.name).clone();
    let perspective = text("perspective").map(|id| Side { name: catalog.perspective_name(&topic, &id).to_owned(), id });
    Some(Unit {
        id: text("id")?,
        kind,
        topic: Side { id: topic, name: topic_name },
        perspective,
        attribution: text("attribution"),
        source: text("source"),
        lang: text("lang"),
        locale: text("locale"),
        date,
        digest_date,
        text: text("text")?,
        url: text("url"),
    })
}
