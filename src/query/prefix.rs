//! Prefixes of the query language.

use crate::model::{CustomFields, Field};

/// A name before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// A field of entries.
    Field(Field),
    /// Days of publication.
    Date,
    /// Words of an entry's text, without the name of its source.
    Text,
}

impl Prefix {
    /// Returns the name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field(field) => field.as_str(),
            Self::Date => "date",
            Self::Text => "text",
        }
    }

    /// Returns all names in queries of an index with some custom fields.
    pub fn names(custom: CustomFields) -> Vec<&'static str> {
        let built_in = Field::BUILT_IN.into_iter().map(Self::Field).chain([Self::Date, Self::Text]);
        built_in.chain(custom.iter().map(Field::Custom).map(Self::Field)).map(Self::as_str).collect()
    }

    /// Returns the prefix with a name or an alias, in any case.
    pub fn from_name(name: &str, custom: CustomFields) -> Option<Self> {
        let others = [Self::Date, Self::Text].into_iter().find(|other| other.as_str().eq_ignore_ascii_case(name));
        others.or_else(|| Field::from_name(name, custom).map(Self::Field))
    }
}
