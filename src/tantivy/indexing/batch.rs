//! A digest's documents on their way into Tantivy, which reads them where they are: nothing is copied.

use std::array;
use std::iter::{Empty, Take};
use std::sync::Arc;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

use crate::model::{self, Document};
use crate::tantivy::fields::{FIELDS, column, field, number};
use crate::tantivy::indexing::backlog::Place;

/// The largest number of values of a document: a source has two names, so that two fields have two values.
const VALUES: usize = FIELDS.len() + 2;

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
        // A missing value is an empty name: a column with one value an entry is read in half the time.
        for facet in model::Field::ALL {
            put(column(facet), Content::Text(facet.of(document).unwrap_or_default()));
        }
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
