//! Custom fields, which the settings of a corpus define. They are known only at run time, when an index is opened.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// A field that the settings of a corpus define, with any number of values per entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomField {
    number: u8,
    name: &'static str,
}

/// The custom fields of an index, in order.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct CustomFields(&'static [CustomField]);

/// A value of a custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomValue {
    /// The field.
    pub field: CustomField,
    /// The value as written.
    pub value: String,
    /// The folded value.
    pub key: String,
}

/// Names of keys and columns in output, of time spans and of prefixes in queries, which custom fields cannot have; neither
/// can they have the names of built-in fields.
pub const RESERVED: [&str; 29] = [
    "attribution",
    "copies",
    "count",
    "date",
    "day",
    "days",
    "description",
    "digest_date",
    "distinct",
    "effective_n",
    "explanation",
    "fields",
    "high",
    "id",
    "langs",
    "locale",
    "low",
    "marks",
    "month",
    "n",
    "perspective_name",
    "score",
    "share",
    "text",
    "topic_name",
    "url",
    "week",
    "where",
    "year",
];

impl CustomField {
    /// Returns the field's name.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Returns the field's place among the custom fields of its index.
    pub const fn number(self) -> usize {
        self.number as usize
    }
}

impl CustomFields {
    /// The start of the name of a field with an attribute of sources.
    pub const ATTRIBUTE: &str = "source.";

    /// The largest number of custom fields.
    pub const MAX: usize = 64;

    /// Returns the fields of these names. A process keeps each list of names for good, so that fields can be copied as
    /// built-in ones are; it sees few lists, one for each state of the settings.
    pub fn new(names: &[String]) -> Self {
        static LISTS: Mutex<Vec<CustomFields>> = Mutex::new(Vec::new());
        if names.is_empty() {
            return Self::default();
        }
        let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |list: &&Self| list.iter().map(CustomField::name).eq(names.iter().take(Self::MAX));
        if let Some(list) = lists.iter().find(is_same) {
            return *list;
        }
        let field = |(number, name): (u8, &String)| CustomField { number, name: name.clone().leak() };
        let list: Vec<CustomField> = (0..Self::MAX as u8).zip(names).map(field).collect();
        let list = Self(list.leak());
        lists.push(list);
        list
    }

    /// Iterates over the fields.
    pub fn iter(self) -> impl ExactSizeIterator<Item = CustomField> {
        self.0.iter().copied()
    }

    /// Reports whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for CustomFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(CustomField::name)).finish()
    }
}

impl From<Vec<String>> for CustomFields {
    fn from(names: Vec<String>) -> Self {
        Self::new(&names)
    }
}

impl From<CustomFields> for Vec<String> {
    fn from(fields: CustomFields) -> Self {
        fields.iter().map(|field| field.name.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_give_equal_fields() {
        let names = ["tags", "country"].map(str::to_owned);
        let (fields, again) = (CustomFields::new(&names), CustomFields::new(&names));
        assert!(std::ptr::eq(fields.0, again.0), "each list is kept once");
        assert_eq!(
            fields.iter().map(|field| (field.number(), field.name())).collect::<Vec<_>>(),
            [(0, "tags"), (1, "country")]
        );
        assert_ne!(CustomFields::new(&names[..1]), fields);
        let written = serde_json::to_string(&fields).expect("JSON");
        assert_eq!(written, r#"["tags","country"]"#);
        assert_eq!(serde_json::from_str::<CustomFields>(&written).expect("fields"), fields);
        let many: Vec<String> = (0..300).map(|n| n.to_string()).collect();
        assert_eq!(CustomFields::new(&many).iter().len(), CustomFields::MAX, "a list of a damaged index");
        assert_eq!(CustomFields::new(&many), CustomFields::new(&many));
    }
}
