//! Table of the fields that entries are filtered, grouped and counted by. Options, report keys, HTTP parameters,
//! prefixes in queries, facets, JSON keys, completions, labels on pages and the fields of an index are derived from it.
//! Custom fields are rows that the settings of a corpus add.

use super::{CustomField, CustomFields, Document, Kind};

/// A field of entries. Built-in fields have at most one value per entry.
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
    /// Path of the headings above an entry.
    Section,
    /// Corpus, in an index of several.
    Corpus,
    /// A field that the settings of the corpus define.
    Custom(CustomField),
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Option, report key, parameter, prefix in queries, JSON key, column of the index. Custom fields have no option of their
    /// own.
    pub name: &'static str,
    /// JSON key of a value's display name, if it has one.
    pub name_key: Option<&'static str>,
    /// Singular in messages and labels: `language`.
    pub label: &'static str,
    /// Plural in headings.
    pub heading: &'static str,
    /// Kind of values.
    pub values: FieldValueKind,
    /// Option of the field, unless it is a custom one.
    pub option: Option<FieldOption>,
}

/// Option of a built-in field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldOption {
    /// Another name of the option and of the prefix.
    pub alias: Option<&'static str>,
    /// Letter of the option, if it has one.
    pub letter: Option<char>,
    /// Placeholder of a value in help.
    pub placeholder: &'static str,
    /// Help text of the option.
    pub help: &'static str,
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
    /// Texts as written; without an equal one, those that differ only in case or Unicode form.
    Texts,
    /// Texts that are paths. A path with a slash at its end also matches the paths below it.
    Paths,
}

impl Field {
    /// The built-in fields, in display order.
    pub const BUILT_IN: [Self; 7] =
        [Self::Topic, Self::Perspective, Self::Source, Self::Kind, Self::Lang, Self::Section, Self::Corpus];

    /// Returns the row of the table.
    pub const fn spec(self) -> FieldSpec {
        match self {
            Self::Topic => FieldSpec {
                name: "topic",
                name_key: Some("topic_name"),
                label: "topic",
                heading: "Topics",
                values: FieldValueKind::Ids,
                option: Some(FieldOption {
                    alias: None,
                    letter: Some('t'),
                    placeholder: "TOPIC",
                    help: "Id or name of a topic",
                }),
            },
            Self::Perspective => FieldSpec {
                name: "perspective",
                name_key: Some("perspective_name"),
                label: "perspective",
                heading: "Perspectives",
                values: FieldValueKind::Ids,
                option: Some(FieldOption {
                    alias: Some("side"),
                    letter: Some('p'),
                    placeholder: "PERSPECTIVE",
                    help: "Id or name of a perspective",
                }),
            },
            Self::Source => FieldSpec {
                name: "source",
                name_key: None,
                label: "source",
                heading: "Sources",
                values: FieldValueKind::Names,
                option: Some(FieldOption {
                    alias: Some("outlet"),
                    letter: Some('s'),
                    placeholder: "SOURCE",
                    help: "Name of a source",
                }),
            },
            Self::Kind => FieldSpec {
                name: "kind",
                name_key: None,
                label: "kind",
                heading: "Kinds",
                values: FieldValueKind::Words(&Kind::HELP),
                option: Some(FieldOption {
                    alias: None,
                    letter: Some('k'),
                    placeholder: "KIND",
                    help: "Kind of entry",
                }),
            },
            Self::Lang => FieldSpec {
                name: "lang",
                name_key: None,
                label: "language",
                heading: "Languages",
                values: FieldValueKind::Codes,
                option: Some(FieldOption {
                    alias: None,
                    letter: Some('l'),
                    placeholder: "CODE",
                    help: "Language, such as `es`",
                }),
            },
            Self::Section => FieldSpec {
                name: "section",
                name_key: None,
                label: "section",
                heading: "Sections",
                values: FieldValueKind::Paths,
                option: Some(FieldOption {
                    alias: None,
                    letter: None,
                    placeholder: "SECTION",
                    help: "Headings above an entry, such as `News / Ports`; `News/` includes all sections below `News`",
                }),
            },
            Self::Corpus => FieldSpec {
                name: "corpus",
                name_key: None,
                label: "corpus",
                heading: "Corpora",
                values: FieldValueKind::Ids,
                option: Some(FieldOption {
                    alias: None,
                    letter: None,
                    placeholder: "CORPUS",
                    help: "Id or name of a corpus, in an index of several",
                }),
            },
            Self::Custom(field) => FieldSpec {
                name: field.name(),
                name_key: None,
                label: field.name(),
                heading: field.name(),
                values: FieldValueKind::Texts,
                option: None,
            },
        }
    }

    /// Returns the field's name.
    pub const fn as_str(self) -> &'static str {
        self.spec().name
    }

    /// Returns all fields of an index with some custom fields, in display order.
    pub fn all(custom: CustomFields) -> impl Iterator<Item = Self> {
        Self::BUILT_IN.into_iter().chain(custom.iter().map(Self::Custom))
    }

    /// Returns the field with a name or an alias, in any case, of an index with some custom fields.
    pub fn from_name(name: &str, custom: CustomFields) -> Option<Self> {
        let is_custom = |field: &CustomField| field.name().to_lowercase() == name.to_lowercase();
        Self::built_in(name).or_else(|| custom.iter().find(is_custom).map(Self::Custom))
    }

    /// Returns the built-in field with a name or an alias, in any case.
    pub fn built_in(name: &str) -> Option<Self> {
        let is_name = |known: &str| known.eq_ignore_ascii_case(name);
        let has_name = |field: &Self| {
            let FieldSpec { name, option, .. } = field.spec();
            is_name(name) || option.and_then(|option| option.alias).is_some_and(is_name)
        };
        Self::BUILT_IN.into_iter().find(has_name)
    }

    /// Returns the noun for a value of the field, or its plural: `topic`, `values of tags`.
    pub fn noun(self, is_plural: bool) -> String {
        let plural = if is_plural { "s" } else { "" };
        match self {
            Self::Corpus if is_plural => "corpora".to_owned(),
            Self::Custom(field) => format!("value{plural} of {}", field.name()),
            field => format!("{}{plural}", field.spec().label),
        }
    }

    /// Returns the values that an entry has.
    pub fn values(self, document: &Document) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Self::Topic => (Some(&*document.id.digest.topic), None),
            Self::Perspective => (document.perspective.as_ref().map(|(id, _)| id.as_str()), None),
            Self::Source => (document.source.as_ref().map(|(counted, _)| counted.as_str()), None),
            Self::Kind => (Some(document.kind.as_str()), None),
            Self::Lang => (document.lang.as_deref(), None),
            Self::Section => (document.section.as_deref(), None),
            Self::Corpus => (Some(&*document.id.digest.corpus).filter(|corpus| !corpus.is_empty()), None),
            Self::Custom(field) => (None, Some(field)),
        };
        let many = many.into_iter().flat_map(|field| document.fields.iter().filter(move |value| value.field == field));
        one.into_iter().chain(many.map(|value| value.value.as_str()))
    }
}
