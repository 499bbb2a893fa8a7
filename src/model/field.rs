//! Table of the fields that entries are filtered, grouped and counted by. Options, report keys, HTTP parameters,
//! prefixes in queries, facets, JSON keys, completions, labels on pages and the fields of an index are derived from it.

use std::collections::BTreeMap;

use super::{Document, Kind};

/// A field of entries, with at most one value per entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Topic of the digest.
    Topic,
    /// Feed of an entry.
    Perspective,
    /// Outlet of an article.
    Source,
    /// Highlight, bullet or title.
    Kind,
    /// Language.
    Lang,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Option, report key, parameter, prefix in queries, JSON key, column of the index.
    pub name: &'static str,
    /// JSON key of a value's display name, if it has one.
    pub name_key: Option<&'static str>,
    /// Another name of the option and of the prefix.
    pub alias: Option<&'static str>,
    /// Letter of the option.
    pub letter: char,
    /// Singular in messages and labels: `language`.
    pub label: &'static str,
    /// Plural in headings.
    pub heading: &'static str,
    /// Placeholder of a value in help.
    pub placeholder: &'static str,
    /// Help text of the option.
    pub help: &'static str,
    /// Kind of values.
    pub values: FieldValueKind,
}

/// Kind of a field's values, which decides how they are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValueKind {
    /// Ids with names in the catalog; both match.
    Ids,
    /// Names, in any case and Unicode form.
    Names,
    /// Codes, in any case.
    Codes,
    /// A fixed set of words, each with its help text.
    Words(&'static [(&'static str, &'static str)]),
}

impl Field {
    /// All fields, in display order.
    pub const ALL: [Self; 5] = [Self::Topic, Self::Perspective, Self::Source, Self::Kind, Self::Lang];

    /// Returns the row of the table.
    pub const fn spec(self) -> FieldSpec {
        match self {
            Self::Topic => FieldSpec {
                name: "topic",
                name_key: Some("topic_name"),
                alias: None,
                letter: 't',
                label: "topic",
                heading: "Topics",
                placeholder: "TOPIC",
                help: "Id or name of a topic",
                values: FieldValueKind::Ids,
            },
            Self::Perspective => FieldSpec {
                name: "perspective",
                name_key: Some("perspective_name"),
                alias: Some("side"),
                letter: 'p',
                label: "perspective",
                heading: "Perspectives",
                placeholder: "PERSPECTIVE",
                help: "Id or name of a perspective",
                values: FieldValueKind::Ids,
            },
            Self::Source => FieldSpec {
                name: "source",
                name_key: None,
                alias: Some("outlet"),
                letter: 's',
                label: "source",
                heading: "Sources",
                placeholder: "SOURCE",
                help: "Name of a source",
                values: FieldValueKind::Names,
            },
            Self::Kind => FieldSpec {
                name: "kind",
                name_key: None,
                alias: None,
                letter: 'k',
                label: "kind",
                heading: "Kinds",
                placeholder: "KIND",
                help: "Kind of entry",
                values: FieldValueKind::Words(&Kind::HELP),
            },
            Self::Lang => FieldSpec {
                name: "lang",
                name_key: None,
                alias: None,
                letter: 'l',
                label: "language",
                heading: "Languages",
                placeholder: "CODE",
                help: "Language, such as `es`",
                values: FieldValueKind::Codes,
            },
        }
    }

    /// Returns the field's name.
    pub const fn as_str(self) -> &'static str {
        self.spec().name
    }

    /// Returns the field with a name or an alias, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let is_name = |known: &str| known.eq_ignore_ascii_case(name);
        Self::ALL.into_iter().find(|field| is_name(field.as_str()) || field.spec().alias.is_some_and(is_name))
    }

    /// Returns the value that an entry has.
    pub fn of(self, document: &Document) -> Option<&str> {
        match self {
            Self::Topic => Some(&document.id.digest.topic),
            Self::Perspective => document.perspective.as_ref().map(|(id, _)| id.as_str()),
            Self::Source => document.source.as_ref().map(|(counted, _)| counted.as_str()),
            Self::Kind => Some(document.kind.as_str()),
            Self::Lang => document.lang.as_deref(),
        }
    }
}

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

    /// Iterates over the fields with values.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &[String])> {
        self.0.iter().map(|(field, values)| (*field, values.as_slice()))
    }

    /// Keeps only the values of fields that satisfy a predicate.
    pub fn retain(&mut self, keep: impl Fn(Field) -> bool) {
        self.0.retain(|field, _| keep(*field));
    }
}
