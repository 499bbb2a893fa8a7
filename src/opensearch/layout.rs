//! The indices of OpenSearch that make up an index, and their fields.
//!
//! `NAME` has the head, the lock and the catalogs; `NAME-entries-STAMP` and `NAME-digests-STAMP` have entries and files.
//! Documents of the latter two are only added and, later, deleted. No field is analysed: words are looked up and scored
//! from values that the program computes, so that no version of an engine changes an answer.

use std::num::NonZeroUsize;

use serde_json::{Map, Value, json};

use crate::backend::{Shards, ValueForm};
use crate::model::{CustomFields, Field};
use crate::query::Stream;

/// Version of this layout.
pub const FORMAT: u32 = 1;

/// Id of the head.
pub const HEAD: &str = "head";

/// Id of the lock.
pub const LOCK: &str = "lock";

/// Id of the document by which the cluster tells its time.
pub const CLOCK: &str = "clock";

/// Key in the mapping that marks an index of the program.
pub const MARK: &str = "digest-search";

/// The largest number of hits of a page, which is OpenSearch's default limit.
pub const PAGE: usize = 10_000;

/// Number of digits of a run's id in a stamp, after another number.
pub const RUN_DIGITS: usize = 8;

/// Indices of entries and of files that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indices {
    /// Name of the index of entries.
    pub entries: String,
    /// Name of the index of files.
    pub files: String,
}

impl Indices {
    /// Returns the names of the indices with a stamp, below the name of an index.
    pub fn of(name: &str, stamp: &str) -> Self {
        Self { entries: format!("{name}-entries-{stamp}"), files: format!("{name}-digests-{stamp}") }
    }

    /// Returns the stamp of an index below a name; `None` if another index has a name like it.
    pub fn stamp<'a>(name: &str, index: &'a str) -> Option<&'a str> {
        let rest = index.strip_prefix(name)?;
        let stamp = rest.strip_prefix("-entries-").or_else(|| rest.strip_prefix("-digests-"))?;
        let (number, run) = stamp.split_once('-')?;
        let is_stamp = number.bytes().all(|b| b.is_ascii_digit())
            && run.len() == RUN_DIGITS
            && run.bytes().all(|b| b.is_ascii_hexdigit());
        is_stamp.then_some(stamp)
    }
}

/// Returns the alias by which documents are sent to an index. It is made with the index and never moved, so that a late
/// request neither makes an index nor reaches another.
pub fn write_alias(index: &str) -> String {
    format!("{index}-write")
}

/// Returns the definition of the index of the head: small, so that each node has a copy.
pub fn head() -> Value {
    let mut settings = settings(Shards::default());
    settings["index"]["auto_expand_replicas"] = "0-all".into();
    json!({
        "settings": settings,
        "mappings": { "dynamic": false, "_meta": { MARK: FORMAT } },
    })
}

/// Returns the definition of the index of files.
pub fn files(shards: Shards) -> Value {
    let properties = json!({
        "since": { "type": "long" },
        "version": { "type": "long" },
        "check": { "type": "integer" },
        "file": { "type": "object", "enabled": false },
    });
    json!({
        "settings": settings(Shards { shards: None, ..shards }),
        "mappings": { "dynamic": "strict", "_meta": { MARK: FORMAT }, "_source": { "includes": ["file"] }, "properties": properties },
    })
}

/// Returns the definition of the index of entries with some custom fields.
pub fn entries(shards: Shards, custom: CustomFields) -> Value {
    let mut properties = Map::new();
    let mut add = |name: String, field: Value| drop(properties.insert(name, field));
    let number = |kind: &str| json!({ "type": kind });
    let value = || json!({ "type": "keyword" });
    let key = || json!({ "type": "keyword", "doc_values": false });
    for name in ["since", "version", "copy", "content"] {
        add(name.to_owned(), number("long"));
    }
    for name in ["check", "date", "digest_date", "at", "place"] {
        add(name.to_owned(), number("integer"));
    }
    add("digest".to_owned(), key());
    add("variant".to_owned(), value());
    for field in Field::all(custom) {
        add(values(field, ValueForm::Counted), value());
    }
    for field in [Field::Source, Field::Section].into_iter().chain(custom.iter().map(Field::Custom)) {
        add(values(field, ValueForm::Folded), key());
    }
    for stream in [Stream::Exact, Stream::Stem, Stream::Source] {
        let name = words(stream);
        // Else the first question after a commit would wait for them.
        add(name.to_owned(), json!({ "type": "keyword", "eager_global_ordinals": true }));
        add(sequence(name), json!({ "type": "binary", "doc_values": true }));
        add(length(name), json!({ "type": "integer", "index": false }));
    }
    add("shown".to_owned(), json!({ "type": "object", "enabled": false }));
    json!({
        "settings": settings(shards),
        "mappings": { "dynamic": "strict", "_meta": { MARK: FORMAT }, "_source": { "includes": ["shown"] }, "properties": properties },
    })
}

/// Segments are copied as documents, since with copies of segments a refresh reaches only the primary shards.
fn settings(Shards { shards, replicas }: Shards) -> Value {
    let mut settings = json!({
        "index": {
            "number_of_shards": shards.map_or(1, NonZeroUsize::get),
            "refresh_interval": "-1",
            "replication.type": "DOCUMENT",
            "max_regex_length": 32_768,
        }
    });
    match replicas {
        Some(replicas) => settings["index"]["number_of_replicas"] = replicas.into(),
        None => settings["index"]["auto_expand_replicas"] = "0-1".into(),
    }
    settings
}

/// Returns the field of the values of a field of entries in a form.
pub fn values(field: Field, form: ValueForm) -> String {
    let name = match field {
        Field::Custom(field) => format!("custom_{}", field.number()),
        field => field.as_str().to_owned(),
    };
    match form {
        ValueForm::Counted => name,
        ValueForm::Folded => format!("{name}_key"),
    }
}

/// Returns the field of the words of a stream, each once.
pub fn words(stream: Stream) -> &'static str {
    match stream {
        Stream::Exact => "exact",
        Stream::Stem => "stem",
        Stream::Source => "source_words",
    }
}

/// Returns the field of the words in order, as hashes.
pub fn sequence(words: &str) -> String {
    format!("{words}_at")
}

/// Returns the field of the number of words, as a length code has it.
pub fn length(words: &str) -> String {
    format!("{words}_length")
}
