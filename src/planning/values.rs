//! What can be typed for a field, and other names that a source likely has.

use std::collections::BTreeSet;

use super::Reader;
use crate::backend::Error;
use crate::model::{Field, FieldValueKind};
use crate::query::{Selection, SimilarSources};
use crate::text::name_key;

impl Reader {
    /// What can be typed for a field: ids and names of topics and perspectives, names of sources, codes of languages. Of the
    /// last two some may be those of removed entries only.
    pub fn values(&self, field: Field) -> BTreeSet<String> {
        match field.spec().values {
            FieldValueKind::Ids => self
                .catalog()
                .names(field)
                .into_iter()
                .flat_map(|(id, names)| names.iter().chain([id]))
                .cloned()
                .collect(),
            FieldValueKind::Names | FieldValueKind::Codes => self.snapshot().names(field),
            FieldValueKind::Words(words) => words.iter().map(|(word, _)| (*word).to_owned()).collect(),
        }
    }

    /// The sources filtered by that are likely called otherwise, too: each as it was typed, with the other names and how
    /// many entries have them.
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
