//! Values of fields, for completion, and likely aliases of sources.

use std::collections::BTreeSet;

use super::Reader;
use super::called::Called;
use crate::backend::Error;
use crate::model::{Field, FieldValueKind};
use crate::query::{Selection, SimilarSources};
use crate::text::name_key;

impl Reader {
    /// Returns the valid values of a field: ids and names of topics and perspectives, names of sources, language codes,
    /// values of custom fields. Some of the last three may be of removed entries only.
    pub fn values(&self, field: Field) -> BTreeSet<String> {
        match field.spec().values {
            FieldValueKind::Ids => self
                .catalog()
                .names(field)
                .into_iter()
                .flat_map(|(id, names)| names.into_iter().chain([id]))
                .map(str::to_owned)
                .collect(),
            FieldValueKind::Names | FieldValueKind::Codes | FieldValueKind::Texts | FieldValueKind::Paths => {
                self.snapshot().names(field)
            }
            FieldValueKind::Words(words) => words.iter().map(|(word, _)| (*word).to_owned()).collect(),
        }
    }

    /// Returns the ids of the perspectives that ids or names stand for.
    pub fn perspectives(&self, typed: &[String]) -> Result<BTreeSet<String>, Error> {
        Called::of(Field::Perspective, self.catalog()).ids(typed)
    }

    /// Returns the sources in filters that likely have aliases, as typed, with the aliases and their numbers of entries.
    pub fn likely_sources(&self, selection: &Selection) -> Result<Vec<SimilarSources>, Error> {
        let in_text = selection.text.iter().flat_map(|text| text.values(Field::Source));
        let typed: Vec<&str> = selection.filters.get(Field::Source).iter().map(String::as_str).chain(in_text).collect();
        let mut likely = Vec::new();
        for name in &typed {
            let mut others = self.snapshot().sources()?.likely(name);
            others.retain(|(other, _)| !typed.iter().any(|name| name_key(name) == name_key(other)));
            if !others.is_empty() {
                likely.push(SimilarSources { typed: (*name).to_owned(), others });
            }
        }
        Ok(likely)
    }
}
