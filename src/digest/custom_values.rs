//! Collector of the custom fields of a digest.

use super::field_values::{MAX_VALUES, field_values};
use super::{Conventions, Subject, Warning};
use crate::model::{CustomField, CustomValue};

/// Values of the custom fields of a digest, collected key by key.
pub struct CustomValues<'a> {
    conventions: &'a Conventions,
    values: Vec<CustomValue>,
    /// Keys that were added, in lower case.
    seen: Vec<String>,
}

impl<'a> CustomValues<'a> {
    pub fn new(conventions: &'a Conventions) -> Self {
        Self { conventions, values: Vec::new(), seen: Vec::new() }
    }

    /// Adds the texts of a key to the fields that have its values. A repeated key is skipped, and values beyond
    /// [`MAX_VALUES`] are, each with a warning.
    pub fn add(
        &mut self,
        key: &str,
        line: usize,
        warnings: &mut Warnings,
        texts: impl FnOnce(&mut Warnings) -> Vec<String>,
    ) {
        let fields: Vec<CustomField> = self.conventions.fields_of_key(key).collect();
        if fields.is_empty() {
            return;
        }
        let lower = key.to_lowercase();
        if self.seen.contains(&lower) {
            let message = format!("repeated key `{key}`; the first one is used");
            warnings.push(Subject::FrontMatter.at(line, message));
            return;
        }
        self.seen.push(lower);
        let texts = texts(warnings);
        for field in fields {
            let mut values = field_values(field, texts.iter().map(String::as_str));
            if values.len() > MAX_VALUES {
                let message = format!("`{key}` has {} values; only the first {MAX_VALUES} are used", values.len());
                warnings.push(Subject::FrontMatter.at(line, message));
                values.truncate(MAX_VALUES);
            }
            self.values.extend(values);
        }
    }

    /// Returns the values in the order of the fields.
    pub fn finish(mut self) -> Vec<CustomValue> {
        self.values.sort_by_key(|value| value.field);
        self.values
    }
}

type Warnings = Vec<(Subject, Warning)>;
