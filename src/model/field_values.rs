//! Values of fields as typed.

use std::collections::BTreeMap;

use super::Field;

/// Values of fields as typed. Values of one field are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldValues(BTreeMap<Field, Vec<String>>);

impl FieldValues {
    /// Returns the values of a field.
    pub fn get(&self, field: Field) -> &[String] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Replaces the values of a field.
    pub fn set(&mut self, field: Field, values: Vec<String>) {
        self.0.insert(field, values);
        self.0.retain(|_, values| !values.is_empty());
    }

    /// Adds a value of a field.
    pub fn add(&mut self, field: Field, value: String) {
        self.0.entry(field).or_default().push(value);
    }

    /// Iterates over the fields with values.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &[String])> {
        self.0.iter().map(|(field, values)| (*field, values.as_slice()))
    }

    /// Keeps only the values of fields that satisfy a predicate.
    pub fn retain(&mut self, keep: impl Fn(Field) -> bool) {
        self.0.retain(|field, _| keep(*field));
    }
}
