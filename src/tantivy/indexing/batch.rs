//! A digest's documents on their way into Tantivy, which reads them where they are: nothing is copied.

use std::array;
use std::iter::{Empty, Take};
use std::sync::Arc;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

use crate::model::Document;
use crate::tantivy::fields::field;
use crate::tantivy::fields::number;
use crate::tantivy::indexing::backlog::Place;

/// So many values a document has at most: a source has two names.
const VALUES: usize = 22;

/// The documents of a digest.
struct Batch {
    documents: Vec<Document>,
    /// The id of the digest.
    digest: String,
    /// Those of the documents.
    ids: Vec<String>,
    _place: Place,
}

/// One of them, as Tantivy takes it.
pub struct Added {
    batch: Arc<Batch>,
    at: usize,
}

/// A value of a field.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    Text(&'a str),
    Number(u64),
}

/// The documents of one digest, one by one.
pub fn added(documents: Vec<Document>, place: Place) -> impl ExactSizeIterator<Item = Added> {
    let digest = documents.first().map_or_else(String::new, |document| document.id.digest.to_string());
    let ids = documents.iter().map(|document| document.id.to_string()).collect();
    let batch = Arc::new(Batch { documents, digest, ids, _place: place });
    (0..batch.documents.len()).map(move |at| Added { batch: Arc::clone(&batch), at })
}

impl tantivy::Document for Added {
    type Value<'a> = Content<'a>;
    /// It says how long it is: Tantivy collects it.
    type FieldsValuesIter<'a> = Take<array::IntoIter<(Field, Content<'a>), VALUES>>;

    /// In the order of the fields, in which Tantivy sorts them.
    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let Batch { documents, digest, ids, .. } = &*self.batch;
        let document = &documents[self.at];
        let mut values = [(const { field("digest") }, Content::Text(digest)); VALUES];
        let mut len = 1;
        let mut put = |field, content| {
            values[len] = (field, content);
            len += 1;
        };
        put(const { field("kind") }, Content::Text(document.kind.as_str()));
        put(const { field("topic") }, Content::Text(&document.id.digest.topic));
        // What an entry has not is an empty name: a column in which each has one is read in half the time.
        let perspective = document.perspective.as_ref().map_or("", |(perspective, _)| perspective);
        let source = document.source.as_ref().map_or("", |(source, _)| source);
        put(const { field("perspective") }, Content::Text(perspective));
        put(const { field("source") }, Content::Text(source));
        put(const { field("lang") }, Content::Text(document.lang.as_deref().unwrap_or_default()));
        for key in &document.source_keys {
            put(const { field("source_key") }, Content::Text(key));
        }
        put(const { field("date") }, Content::Number(number(document.date)));
        put(const { field("digest_date") }, Content::Number(number(document.id.digest.date)));
        put(const { field("place") }, Content::Number(document.place));
        put(const { field("copy") }, Content::Number(document.copy));
        put(const { field("content") }, Content::Number(document.content));
        put(const { field("exact") }, Content::Text(&document.exact));
        put(const { field("stem") }, Content::Text(&document.stem));
        for words in &document.source_words {
            put(const { field("source_words") }, Content::Text(words));
        }
        put(const { field("id") }, Content::Text(&ids[self.at]));
        put(const { field("text") }, Content::Text(&document.text));
        for (field, value) in [(const { field("url") }, &document.url), (const { field("locale") }, &document.locale)] {
            if let Some(value) = value {
                put(field, Content::Text(value));
            }
        }
        if let Some(how) = document.attribution {
            put(const { field("attribution") }, Content::Text(how.as_str()));
        }
        values.into_iter().take(len)
    }
}

impl<'a> Value<'a> for Content<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Text(text) => ReferenceValueLeaf::Str(text),
            Self::Number(number) => ReferenceValueLeaf::U64(number),
        })
    }
}
