//! Entries as documents of OpenSearch.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::layout;
use crate::backend::{ValueForm, length, length_code};
use crate::model::{Document, Field};
use crate::query::Stream;

/// Bits of the place of an entry in the file of its digest; a digest has fewer entries.
const PLACE_BITS: u32 = 14;

/// Bits of the number of a digest within a run.
pub const ORDINAL_BITS: u32 = 24;

/// Bits of the sum that an entry adds to the check of a commit.
const CHECK_BITS: u32 = 20;

/// The displayed fields of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub id: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perspective: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    pub date: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Values of custom fields, by the number of the field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<(usize, String)>,
}

/// Returns the number of an entry within an index: the version of its digest and its place in the file.
pub fn number(version: u64, at: u64) -> u64 {
    version << PLACE_BITS | at
}

/// Returns the version in a number.
pub fn version_of(number: u64) -> u64 {
    number >> PLACE_BITS
}

/// Returns the id of a document in OpenSearch. Sending a document twice is harmless, since its number decides its id.
pub fn id(number: u64) -> String {
    format!("{number:x}")
}

/// Returns the number of an entry by the id of its document.
pub fn number_of(id: &str) -> Option<u64> {
    u64::from_str_radix(id, 16).ok()
}

/// Returns what a document adds to the check of a commit: some bits of a hash of its number.
pub fn check(number: u64) -> u64 {
    xxh3_64(&number.to_le_bytes()) & ((1 << CHECK_BITS) - 1)
}

/// Returns the number of a day: 1 for 1 January of the year 1.
pub fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

/// Returns the hash of a word at a position. Bit 62 is always set and bit 63 never: JSON then has it as a number of 64 bits,
/// and 0 is a gap.
pub fn hash(word: &str) -> i64 {
    (xxh3_64(word.as_bytes()) >> 2 | 1 << 62) as i64
}

/// Returns the document of an entry, the one at a place in the file of its digest.
pub fn fields(document: &Document, at: u64, attempt: u64, version: u64) -> Value {
    let mut fields = Map::new();
    let mut add = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    add("since", attempt.into());
    add("version", version.into());
    add("check", check(number(version, at)).into());
    add("at", at.into());
    // OpenSearch has no unsigned numbers of 64 bits in sorted pages.
    add("copy", (document.copy as i64).into());
    add("content", (document.content as i64).into());
    add("date", day_number(document.date).into());
    add("digest_date", day_number(document.id.digest.date).into());
    add("place", document.place.into());
    add("digest", document.id.digest.to_string().into());
    add("variant", document.id.digest.variant.as_str().into());
    for field in Field::BUILT_IN {
        // Entries are sorted by corpus.
        let value = field.values(document).next().or((field == Field::Corpus).then_some(""));
        if let Some(value) = value {
            add(field.as_str(), value.into());
        }
    }
    add(&layout::values(Field::Source, ValueForm::Folded), json!(document.source_keys));
    add(&layout::values(Field::Section, ValueForm::Folded), json!(document.section_keys));
    for values in document.fields.chunk_by(|a, b| a.field == b.field) {
        let field = Field::Custom(values[0].field);
        let counted: Vec<&str> = values.iter().map(|value| &*value.value).collect();
        let folded: BTreeSet<&str> = values.iter().map(|value| &*value.key).collect();
        add(&layout::values(field, ValueForm::Counted), json!(counted));
        add(&layout::values(field, ValueForm::Folded), json!(folded));
    }
    for stream in [Stream::Exact, Stream::Stem, Stream::Source] {
        let (words, name) = (words(document, stream), layout::words(stream));
        let distinct: BTreeSet<&str> = words.iter().copied().flatten().collect();
        let hashes: Vec<u8> = words.iter().flat_map(|word| word.map_or(0, hash).to_be_bytes()).collect();
        let count = words.iter().flatten().count();
        add(name, json!(distinct));
        add(&layout::sequence(name), STANDARD.encode(hashes).into());
        add(&layout::length(name), length(length_code(u32::try_from(count).unwrap_or(u32::MAX))).into());
    }
    add("shown", serde_json::to_value(shown(document)).unwrap_or_default());
    Value::Object(fields)
}

/// Returns the words of a stream in order. A gap follows each name of a source, so that phrases do not match across names.
fn words(document: &Document, stream: Stream) -> Vec<Option<&str>> {
    match stream {
        Stream::Exact => document.exact.split(' ').filter(|word| !word.is_empty()).map(Some).collect(),
        Stream::Stem => document.stem.split(' ').filter(|word| !word.is_empty()).map(Some).collect(),
        Stream::Source => {
            let names = document.source_words.iter();
            names.flat_map(|name| name.split(' ').map(Some).chain([None])).collect()
        }
    }
}

fn shown(document: &Document) -> Shown {
    Shown {
        id: document.id.to_string(),
        text: document.text.clone(),
        perspective: document.perspective.as_ref().map(|(id, _)| id.clone()),
        attribution: document.attribution.map(|how| how.as_str().to_owned()),
        source: document.source.as_ref().map(|(name, _)| name.clone()),
        lang: document.lang.clone(),
        locale: document.locale.clone(),
        date: day_number(document.date),
        url: document.url.clone(),
        description: document.description.clone(),
        section: document.section.clone(),
        custom: document.fields.iter().map(|value| (value.field.number(), value.value.clone())).collect(),
    }
}
