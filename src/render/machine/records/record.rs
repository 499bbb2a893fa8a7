//! Records with the same fields, each made when it is written.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use crate::model::{CustomField, CustomFields};

/// The field with the values of custom fields.
const CUSTOM: &str = "fields";

/// An error: a field that the records of an answer do not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown field `{name}`")]
pub struct UnknownField {
    /// The name.
    pub name: String,
    /// The known fields.
    pub known: Vec<&'static str>,
}

impl UnknownField {
    /// Returns the hint, which lists the known fields.
    pub fn hint(&self) -> String {
        format!("fields are {}", self.known.join(", "))
    }
}

/// The records of an answer, each made when it is written.
pub struct Records<'a> {
    /// All fields, in order.
    pub fields: Vec<&'static str>,
    /// The default fields of tables.
    pub columns: Vec<&'static str>,
    /// Custom fields, whose values are lists in the field `fields`.
    custom: Vec<&'static str>,
    /// The fields that identify a record.
    pub key: Vec<&'static str>,
    /// The number of records.
    pub len: usize,
    record: Box<dyn Fn(usize) -> Value + 'a>,
}

/// A record with the selected fields.
pub struct Row<'a> {
    pub fields: &'a [&'static str],
    record: Value,
}

impl<'a> Records<'a> {
    pub(super) fn new<T: Serialize>(
        fields: &[&'static str],
        columns: &[&'static str],
        key: &[&'static str],
        len: usize,
        record: impl Fn(usize) -> T + 'a,
    ) -> Self {
        // Records have strings, numbers, and lists and objects of them only: all are JSON values.
        let record = Box::new(move |i| serde_json::to_value(record(i)).unwrap_or_default());
        Self { fields: fields.to_vec(), columns: columns.to_vec(), custom: Vec::new(), key: key.to_vec(), len, record }
    }

    /// Adds the custom fields of an index: in JSON as an object `fields`, in tables as columns.
    pub(super) fn with_custom(mut self, custom: CustomFields) -> Self {
        self.custom = custom.iter().map(CustomField::name).collect();
        self.columns.extend(&self.custom);
        self.fields.extend((!custom.is_empty()).then_some(CUSTOM));
        self
    }

    /// Returns the fields of these names, in their order.
    pub fn select(&self, names: &[String]) -> Result<Vec<&'static str>, UnknownField> {
        let known = || self.fields.iter().chain(&self.custom).copied();
        let unknown = |name: &String| UnknownField { name: name.clone(), known: known().collect() };
        let find = |name: &String| known().find(|field| field == name).ok_or_else(|| unknown(name));
        names.iter().map(find).collect()
    }

    /// Returns all records.
    pub fn rows<'r>(&'r self, fields: &'r [&'static str]) -> impl Iterator<Item = Row<'r>> {
        (0..self.len).map(move |i| Row { fields, record: (self.record)(i) })
    }
}

impl Row<'_> {
    /// Returns the values in the order of the fields.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.fields.iter().map(|field| self.record.get(field).unwrap_or(&self.record[CUSTOM][*field]))
    }

    /// Returns the values in the order of the fields, those of a custom field as one text: they may contain spaces, at which
    /// other lists are joined.
    pub fn cells(&self) -> impl Iterator<Item = Cow<'_, Value>> {
        let texts = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let joined = |values: Vec<Value>| values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ");
        self.fields.iter().zip(self.values()).map(move |(field, value)| match self.record.get(field) {
            Some(_) => Cow::Borrowed(value),
            None => Cow::Owned(Value::String(joined(texts(value)))),
        })
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.fields.len()))?;
        for (field, value) in self.fields.iter().zip(self.values()) {
            map.serialize_entry(field, value)?;
        }
        map.end()
    }
}
