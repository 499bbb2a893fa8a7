//! Parts of a digest that rules can place.

use super::PlaceKind;

/// A part of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Date,
    Topic,
    Language,
    Perspective,
    Section,
    Title,
    Source,
    Bullet,
    Highlight,
}

impl Part {
    /// All parts, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Date,
        Self::Topic,
        Self::Language,
        Self::Perspective,
        Self::Section,
        Self::Title,
        Self::Source,
        Self::Bullet,
        Self::Highlight,
    ];

    /// Returns the key of the part in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Topic => "topic",
            Self::Language => "language",
            Self::Perspective => "perspective",
            Self::Section => "section",
            Self::Title => "title",
            Self::Source => "source",
            Self::Bullet => "bullet",
            Self::Highlight => "highlight",
        }
    }

    /// Returns the keys of the places that can have the part.
    pub fn places(self) -> &'static [&'static str] {
        match self {
            Self::Date => &["key", "name", "path", "heading"],
            Self::Topic => &["key", "name", "path", "heading", "constant"],
            Self::Language => &["key", "name", "path", "constant"],
            Self::Perspective => &["key", "name", "path", "heading", "label", "constant"],
            Self::Section => &["heading"],
            Self::Source => &["key", "name", "path", "heading", "label", "after", "constant"],
            Self::Title | Self::Bullet | Self::Highlight => &["heading", "label"],
        }
    }

    /// Reports whether a digest can do without the part, so that its usual places can be left out.
    pub fn is_optional(self) -> bool {
        !matches!(self, Self::Topic | Self::Language)
    }

    /// Reports whether `value` can replace the value found.
    pub fn has_names(self) -> bool {
        matches!(self, Self::Topic | Self::Language | Self::Perspective | Self::Source)
    }

    /// Reports whether a place can have the part.
    pub fn can_be_at(self, place: &PlaceKind) -> bool {
        self.places().contains(&place.as_str())
    }
}
