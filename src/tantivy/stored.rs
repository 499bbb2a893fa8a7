//! Stored fields of an entry.

use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

use super::fields::{custom_number, field};

/// The stored fields of an entry.
#[derive(Default)]
pub struct Stored {
    pub id: Option<String>,
    pub text: Option<String>,
    pub url: Option<String>,
    pub perspective: Option<String>,
    pub source: Option<String>,
    pub lang: Option<String>,
    pub locale: Option<String>,
    pub attribution: Option<String>,
    /// Values of custom fields, by the number of the field.
    pub custom: Vec<(usize, String)>,
    pub description: Option<String>,
    pub section: Option<String>,
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let mut stored = Self::default();
        while let Some((name, value)) = document.next_field::<String>()? {
            let place = match name {
                name if name == const { field("id") } => &mut stored.id,
                name if name == const { field("text") } => &mut stored.text,
                name if name == const { field("url") } => &mut stored.url,
                name if name == const { field("perspective") } => &mut stored.perspective,
                name if name == const { field("source") } => &mut stored.source,
                name if name == const { field("lang") } => &mut stored.lang,
                name if name == const { field("locale") } => &mut stored.locale,
                name if name == const { field("attribution") } => &mut stored.attribution,
                name if name == const { field("description") } => &mut stored.description,
                name if name == const { field("section") } => &mut stored.section,
                name => {
                    stored.custom.extend(custom_number(name).map(|number| (number, value)));
                    continue;
                }
            };
            *place = Some(value);
        }
        Ok(stored)
    }
}
