//! The fields of the query language.

use super::FacetField;

/// What can stand before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A topic's id or name.
    Topic,
    /// A perspective's id or name.
    Perspective,
    /// A source's name.
    Source,
    /// A kind of entry.
    Kind,
    /// A language's code.
    Lang,
    /// Days of publication.
    Date,
    /// Words of an entry's text, whatever its source is called.
    Text,
}

impl Field {
    const ALL: [Self; 7] =
        [Self::Topic, Self::Perspective, Self::Source, Self::Kind, Self::Lang, Self::Date, Self::Text];

    /// The field's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => FacetField::Topic.as_str(),
            Self::Perspective => FacetField::Perspective.as_str(),
            Self::Source => FacetField::Source.as_str(),
            Self::Kind => FacetField::Kind.as_str(),
            Self::Lang => FacetField::Lang.as_str(),
            Self::Date => "date",
            Self::Text => "text",
        }
    }

    /// All names.
    pub fn names() -> [&'static str; 7] {
        Self::ALL.map(Self::as_str)
    }

    /// The field of a name in any case; `perspective` and `source` are other names, as of the filters.
    pub fn from_name(name: &str) -> Option<Self> {
        let aliases = [("side", Self::Perspective), ("outlet", Self::Source)];
        let names = Self::ALL.into_iter().map(|field| (field.as_str(), field)).chain(aliases);
        names.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, field)| field)
    }
}
