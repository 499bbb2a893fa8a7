//! Values of fields, for completion, and likely aliases of sources.

use std::collections::BTreeSet;

use super::Reader;
use crate::backend::Error;
use crate::query::{FacetField, Field, Likely, Selection};
use crate::text::name_key;

impl Reader {
    /// Returns the valid values of a field: ids and names of topics and perspectives, names of sources, language codes. Some
    /// of the last two may be of removed entries only.
    pub fn values(&self, field: Field) -> BTreeSet<String> {
        let topics = &self.catalog().topics;
        match field {
            Field::Topic => topics.iter().flat_map(|(id, topic)| topic.names.iter().chain([id])).cloned().collect(),
            Field::Perspective => {
                let perspectives = topics.values().flat_map(|topic| &topic.perspectives);
                perspectives.flat_map(|(id, perspective)| perspective.names.iter().chain([id])).cloned().collect()
            }
            Field::Source => self.snapshot().names(FacetField::Source),
            Field::Lang => self.snapshot().names(FacetField::Lang),
            Field::Kind | Field::Date | Field::Text => BTreeSet::new(),
        }
    }

    /// Returns the sources in filters that likely have aliases, as typed, with the aliases and their numbers of entries.
    pub fn likely_sources(&self, selection: &Selection) -> Result<Vec<Likely>, Error> {
        let in_text = selection.text.iter().flat_map(|text| text.values(Field::Source));
        let typed: Vec<&str> = selection.filters.sources.iter().map(String::as_str).chain(in_text).collect();
        let mut likely = Vec::new();
        for name in &typed {
            let mut others = self.snapshot().sources()?.likely(name);
            others.retain(|(other, _)| !typed.iter().any(|name| name_key(name) == name_key(other)));
            if !others.is_empty() {
                likely.push(Likely { typed: (*name).to_owned(), others });
            }
        }
        Ok(likely)
    }
}
