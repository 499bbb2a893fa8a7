//! Documents of a digest in the form that Tantivy reads, without copies.

use std::array;
use std::iter::{Chain, Empty, Take};
use std::sync::Arc;
use std::vec;

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field, Value};

use crate::backend::ValueForm;
use crate::model::{self, CustomValue, Document};
use crate::tantivy::fields::{self, FIELDS, field, number};
use crate::tantivy::indexing::backlog::BacklogGuard;

/// The largest number of values of a document's built-in fields: a source has two names, so that two fields have two values,
/// and a section several keys.
const VALUES: usize = FIELDS.len() + 1 + Document::SECTION_KEYS;

/// The documents of a digest.
struct Batch {
    documents: Vec<Document>,
    /// The id of the digest.
    digest: String,
    /// The ids of the documents.
    ids: Vec<String>,
    _guard: BacklogGuard,
}

/// A document of a batch.
pub struct BatchDocument {
    batch: Arc<Batch>,
    at: usize,
}

/// A value of a field.
#[derive(Debug, Clone, Copy)]
pub enum FieldValue<'a> {
    Text(&'a str),
    Number(u64),
}

/// Returns the documents of a digest.
pub fn batch_documents(documents: Vec<Document>, guard: BacklogGuard) -> impl ExactSizeIterator<Item = BatchDocument> {
    let digest = documents.first().map_or_else(String::new, |document| document.id.digest.to_string());
    let ids = documents.iter().map(|document| document.id.to_string()).collect();
    let batch = Arc::new(Batch { documents, digest, ids, _guard: guard });
    (0..batch.documents.len()).map(move |at| BatchDocument { batch: Arc::clone(&batch), at })
}

impl tantivy::Document for BatchDocument {
    type Value<'a> = FieldValue<'a>;
    /// An iterator of known length, since Tantivy collects it.
    type FieldsValuesIter<'a> =
        Chain<Take<array::IntoIter<(Field, FieldValue<'a>), VALUES>>, vec::IntoIter<(Field, FieldValue<'a>)>>;

    /// Returns the values in the order of the fields, as Tantivy sorts them.
    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let Batch { documents, digest, ids, .. } = &*self.batch;
        let document = &documents[self.at];
        let mut values = [(const { field("digest") }, FieldValue::Text(digest)); VALUES];
        let mut len = 1;
        let mut put = |field, content| {
            values[len] = (field, content);
            len += 1;
        };
        // A missing value is an empty name: a column with one value per entry is read in half the time.
        for (place, facet) in model::Field::BUILT_IN.into_iter().enumerate() {
            let value = facet.values(document).next().unwrap_or_default();
            put(fields::built_in(place), FieldValue::Text(value));
        }
        for key in &document.source_keys {
            put(const { field("source_key") }, FieldValue::Text(key));
        }
        for key in &document.section_keys {
            put(const { field("section_key") }, FieldValue::Text(key));
        }
        put(const { field("date") }, FieldValue::Number(number(document.date)));
        put(const { field("digest_date") }, FieldValue::Number(number(document.id.digest.date)));
        put(const { field("variant") }, FieldValue::Text(&document.id.digest.variant));
        put(const { field("place") }, FieldValue::Number(document.place));
        put(const { field("copy") }, FieldValue::Number(document.copy));
        put(const { field("content") }, FieldValue::Number(document.content));
        put(const { field("exact") }, FieldValue::Text(&document.exact));
        put(const { field("stem") }, FieldValue::Text(&document.stem));
        for words in &document.source_words {
            put(const { field("source_words") }, FieldValue::Text(words));
        }
        put(const { field("id") }, FieldValue::Text(&ids[self.at]));
        put(const { field("text") }, FieldValue::Text(&document.text));
        for (field, value) in [(const { field("url") }, &document.url), (const { field("locale") }, &document.locale)] {
            if let Some(value) = value {
                put(field, FieldValue::Text(value));
            }
        }
        if let Some(how) = document.attribution {
            put(const { field("attribution") }, FieldValue::Text(how.as_str()));
        }
        if let Some(description) = &document.description {
            put(const { field("description") }, FieldValue::Text(description));
        }
        values.into_iter().take(len).chain(custom(&document.fields))
    }
}

/// Returns the values of custom fields in the order of the fields of the index.
fn custom(values: &[CustomValue]) -> vec::IntoIter<(Field, FieldValue<'_>)> {
    let mut custom = Vec::with_capacity(values.len() * 2);
    for values in values.chunk_by(|a, b| a.field == b.field) {
        let text = |form, text| (fields::values(model::Field::Custom(values[0].field), form), FieldValue::Text(text));
        custom.extend(values.iter().map(|value| text(ValueForm::Counted, value.value.as_str())));
        custom.extend(values.iter().map(|value| text(ValueForm::Folded, value.key.as_str())));
    }
    custom.into_iter()
}

impl<'a> Value<'a> for FieldValue<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match *self {
            Self::Text(text) => ReferenceValueLeaf::Str(text),
            Self::Number(number) => ReferenceValueLeaf::U64(number),
        })
    }
}
