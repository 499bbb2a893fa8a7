//! The fields that entries can be counted by.

/// A field to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetField {
    /// The topic.
    Topic,
    /// The perspective.
    Perspective,
    /// The source.
    Source,
    /// Highlight, bullet or title.
    Kind,
    /// The language.
    Lang,
}

impl FacetField {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Topic, Self::Perspective, Self::Source, Self::Kind, Self::Lang];

    /// The field's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Perspective => "perspective",
            Self::Source => "source",
            Self::Kind => "kind",
            Self::Lang => "lang",
        }
    }
}
