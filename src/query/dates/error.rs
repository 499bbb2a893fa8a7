//! What can be wrong with a date, and how it is written instead.

/// A text that names no days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing that is understood.
    #[error("`{text}` is not a date{}", .reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}")))]
    Unknown {
        /// What was typed.
        text: String,
        /// Why it is none, where that is known.
        reason: Option<String>,
        /// What was probably meant.
        instead: Option<String>,
    },
    /// It names more days than one.
    #[error("`{text}` is more than one day")]
    NotOneDay {
        /// What was typed.
        text: String,
    },
    /// It counts from the newest digest and there is none.
    #[error("`{text}` counts from the newest digest, and the index has none")]
    NothingToCountFrom {
        /// What was typed.
        text: String,
    },
    /// The span ends before it begins.
    #[error("`{text}` ends before it begins")]
    Backwards {
        /// What was typed.
        text: String,
    },
}

/// Why a month without its year is no date.
pub const NO_YEAR: &str = "the year is missing";

impl DateError {
    /// A text that looks like no date at all.
    pub(super) fn unknown(text: &str) -> Self {
        Self::Unknown { text: text.to_owned(), reason: None, instead: None }
    }

    /// A text that looks like a date and is none.
    pub(super) fn because(text: &str, reason: &str, instead: Option<String>) -> Self {
        Self::Unknown { text: text.to_owned(), reason: Some(reason.to_owned()), instead }
    }

    /// A date in another form than those that are understood.
    pub(super) fn rather(text: &str, instead: String) -> Self {
        Self::Unknown { text: text.to_owned(), reason: None, instead: Some(instead) }
    }

    /// A month, and maybe a day of it, without the year.
    pub(super) fn no_year(text: &str) -> Self {
        Self::because(text, NO_YEAR, None)
    }

    /// Whether the text looks like a date.
    pub fn is_near(&self) -> bool {
        !matches!(self, Self::Unknown { reason: None, instead: None, .. })
    }

    /// What to write instead.
    pub fn hint(&self) -> String {
        match self {
            Self::Unknown { instead: Some(instead), .. } => format!("write `{instead}`"),
            Self::Unknown { .. } => {
                "try 2026-01-07, 2026-01, 2026, 2026-W07, Dec 2025, Jan 7 2026, 12/25/2025, 7d, 2w, last month, or a span \
                 such as 2026-01..2026-02"
                    .to_owned()
            }
            Self::NothingToCountFrom { .. } => "name a day, a month or a year, such as 2026-01-07".to_owned(),
            Self::NotOneDay { .. } => "name one day, such as 2026-01-07".to_owned(),
            Self::Backwards { .. } => "put the earlier end first".to_owned(),
        }
    }
}
