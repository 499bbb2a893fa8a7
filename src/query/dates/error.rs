//! Errors of dates, with suggestions.

/// Error of parsing a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not a date.
    #[error("`{text}` is not a date{}", .reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}")))]
    Unknown {
        /// Text as typed.
        text: String,
        /// Reason, where known.
        reason: Option<String>,
        /// Suggestion.
        instead: Option<String>,
    },
    /// A range where a single day is expected.
    #[error("expected one day, found `{text}`")]
    NotOneDay {
        /// Text as typed.
        text: String,
    },
    /// A relative date in an index without digests.
    #[error("`{text}` is relative to the newest digest, but the index has no digests")]
    NoReferenceDay {
        /// Text as typed.
        text: String,
    },
    /// A range that ends before it begins.
    #[error("`{text}` ends before it begins")]
    Backwards {
        /// Text as typed.
        text: String,
    },
}

/// Reason for a date without a year.
pub const NO_YEAR: &str = "the year is missing";

impl DateError {
    /// Returns the error of a text that does not look like a date.
    pub(super) fn unknown(text: &str) -> Self {
        Self::Unknown { text: text.to_owned(), reason: None, instead: None }
    }

    /// Returns the error of an invalid date.
    pub(super) fn because(text: &str, reason: &str, instead: Option<String>) -> Self {
        Self::Unknown { text: text.to_owned(), reason: Some(reason.to_owned()), instead }
    }

    /// Returns the error of a date in an unsupported format.
    pub(super) fn rather(text: &str, instead: String) -> Self {
        Self::Unknown { text: text.to_owned(), reason: None, instead: Some(instead) }
    }

    /// Returns the error of a date without a year.
    pub(super) fn no_year(text: &str) -> Self {
        Self::because(text, NO_YEAR, None)
    }

    /// Reports whether the text looks like a date.
    pub fn is_near(&self) -> bool {
        !matches!(self, Self::Unknown { reason: None, instead: None, .. })
    }

    /// Returns the next step for the user.
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { instead: Some(instead), .. } => format!("write `{instead}`"),
            Self::Unknown { .. } => {
                "try 2026-01-07, 2026-01, 2026-W07, Jan 7 2026, 12/25/2025, 7d, last month, or a range such as \
                             2026-01..2026-02"
                    .to_owned()
            }
            Self::NoReferenceDay { .. } => "write a day, month or year, such as 2026-01-07".to_owned(),
            Self::NotOneDay { .. } => "write one day, such as 2026-01-07".to_owned(),
            Self::Backwards { .. } => "write the earlier day first".to_owned(),
        }
    }
}
