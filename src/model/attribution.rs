//! How it is known whose a title is.

/// How the perspective of a title was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribution {
    /// The corpus says it: `locales` in `digest-search.yaml`.
    Configured,
    /// The line stands under a perspective's heading.
    Heading,
    /// By the order in which the writer lists the perspectives' articles.
    Order,
    /// By the locales, whose lines add up to the perspectives' counts in one way only.
    Locale,
}

impl Attribution {
    /// All ways, the surest first.
    pub const ALL: [Attribution; 4] = [Self::Configured, Self::Heading, Self::Order, Self::Locale];

    /// The word for it in JSON and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configured => "config",
            Self::Heading => "heading",
            Self::Order => "order",
            Self::Locale => "locale",
        }
    }
}
