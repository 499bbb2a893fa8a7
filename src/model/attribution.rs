//! Evidence for the perspectives of titles.

/// Evidence for the perspective of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribution {
    /// Settings of the corpus: `locales` in `digest-search.yaml`.
    Configured,
    /// Heading of a perspective above the line.
    Heading,
    /// Order in which the writer lists the articles.
    Order,
    /// Locales, of which exactly one assignment adds up to the counts.
    Locale,
}

impl Attribution {
    /// All kinds of evidence, the most reliable first.
    pub const ALL: [Attribution; 4] = [Self::Configured, Self::Heading, Self::Order, Self::Locale];

    /// Returns the name in JSON and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configured => "config",
            Self::Heading => "heading",
            Self::Order => "order",
            Self::Locale => "locale",
        }
    }
}
