//! Records with the same fields, each made when it is written.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

/// A field that an answer's records have not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no field `{name}`")]
pub struct UnknownField {
    /// What was asked for.
    pub name: String,
    /// The fields that there are.
    pub known: Vec<&'static str>,
}

impl UnknownField {
    /// What to do about it.
    pub fn hint(&self) -> String {
        format!("fields are {}", self.known.join(", "))
    }
}

/// Records, each made when it is written.
pub struct Records<'a> {
    /// All fields, in order.
    pub fields: Vec<&'static str>,
    /// Those that tables have where nothing else is asked for.
    pub columns: Vec<&'static str>,
    /// Those that tell one record from another.
    pub key: Vec<&'static str>,
    /// How many there are.
    pub len: usize,
    record: Box<dyn Fn(usize) -> Value + 'a>,
}

/// One record, with the fields asked for.
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
        // Records are made of texts, numbers and lists of them, which all JSON has.
        let record = Box::new(move |i| serde_json::to_value(record(i)).unwrap_or_default());
        Self { fields: fields.to_vec(), columns: columns.to_vec(), key: key.to_vec(), len, record }
    }

    /// The fields of these names, in their order.
    pub fn select(&self, names: &[String]) -> Result<Vec<&'static str>, UnknownField> {
        let unknown = |name: &String| UnknownField { name: name.clone(), known: self.fields.clone() };
        let find = |name: &String| self.fields.iter().copied().find(|f| f == name).ok_or_else(|| unknown(name));
        names.iter().map(find).collect()
    }

    /// All records.
    pub fn rows<'r>(&'r self, fields: &'r [&'static str]) -> impl Iterator<Item = Row<'r>> {
        (0..self.len).map(move |i| Row { fields, record: (self.record)(i) })
    }
}

impl Row<'_> {
    /// The values in the order of the fields.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.fields.iter().map(|field| &self.record[*field])
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
