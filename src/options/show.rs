//! Options of `show`.

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, ValueRef};
use crate::model::{DigestId, EntryId};
use crate::query::{DateError, Days};

/// The hint for an invalid id.
const FORM: &str = "write the id of a digest, such as china-japan/2026-02-10, or of an entry, such as \
                    china-japan/2026-02-10#t12, or a day, such as 2026-02-10";

/// Options of `show`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ShowOptions {
    /// Ids as `query` shows them, or days
    #[arg(value_name = "ID", required = true)]
    pub id: Vec<String>,
}

/// A request to show digests and entries.
#[derive(Debug, Clone)]
pub struct ShowRequest {
    /// The ids as written.
    pub written: Vec<String>,
    /// The parsed ids.
    pub ids: Vec<Id>,
}

/// A parsed id.
#[derive(Debug, Clone)]
pub enum Id {
    /// A digest.
    Digest(DigestId),
    /// An entry.
    Entry(EntryId),
    /// All digests of a day, which may be relative to the newest digest.
    Day(String),
}

/// An invalid id.
#[derive(Debug, thiserror::Error)]
pub enum InvalidId {
    /// An id in another spelling.
    #[error("`{written}` is not the canonical spelling of an id")]
    Respelled {
        /// The id as written.
        written: String,
        /// The canonical spelling.
        id: String,
    },
    /// An invalid day, or several days.
    #[error(transparent)]
    Day(DateError),
    /// Any other text.
    #[error("`{0}` is not an id")]
    Unknown(String),
}

impl InvalidId {
    fn new(written: &str) -> Self {
        let respelled = EntryId::parse_lenient(written).map(|id| id.to_string());
        let respelled = respelled.or_else(|| DigestId::parse_lenient(written).map(|id| id.to_string()));
        match (respelled, Days::parse_day(written, Some(ANY_DAY))) {
            (Some(id), _) => Self::Respelled { written: written.to_owned(), id },
            // A text similar to a date is an invalid date.
            (None, Err(error @ DateError::Unknown { .. })) if error.is_near() => Self::Day(error),
            (None, Err(error @ (DateError::Backwards { .. } | DateError::NotOneDay { .. }))) => Self::Day(error),
            _ => Self::Unknown(written.to_owned()),
        }
    }

    /// Returns the text if similar ids may help.
    pub fn unknown(&self) -> Option<&str> {
        match self {
            Self::Unknown(written) => Some(written),
            Self::Respelled { .. } | Self::Day(_) => None,
        }
    }

    /// Returns the error as data.
    pub fn diagnostic(&self) -> Diagnostic {
        let hint = match self {
            Self::Respelled { id, .. } => format!("did you mean `{id}`?"),
            Self::Day(error) => error.hint(),
            Self::Unknown(_) => FORM.to_owned(),
        };
        let written = match self {
            Self::Respelled { written, .. } | Self::Unknown(written) => ValueRef::Text(written.clone()),
            Self::Day(_) => ValueRef::At(0),
        };
        Diagnostic::of("id", self, Some(hint.into())).with_option("id", written)
    }
}

/// Any day, to check that a text names exactly one.
const ANY_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 6, 15).expect("a day");

impl ShowOptions {
    /// Returns the request.
    pub fn request(self) -> Result<ShowRequest, InvalidId> {
        let parse = |id: &String| {
            let entry = id.parse().map(Id::Entry).or_else(|()| id.parse().map(Id::Digest));
            let day = |()| Days::parse_day(id, Some(ANY_DAY)).map(|_| Id::Day(id.clone()));
            entry.or_else(day).map_err(|_| InvalidId::new(id))
        };
        let ids = self.id.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(ShowRequest { written: self.id, ids })
    }
}
