//! What can be chosen of `show`.

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, ValueRef};
use crate::model::{DigestId, EntryId};
use crate::query::{DateError, Days};

/// The form of an id, for those who wrote something else.
const FORM: &str = "an id is a digest's, as in china-japan/2026-02-10, or an entry's, as in china-japan/2026-02-10#t12; a day, as \
                    in 2026-02-10, has all digests of it";

/// What can be chosen of `show`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ShowOptions {
    /// Ids as `query` shows them, or days
    #[arg(value_name = "ID", required = true)]
    pub id: Vec<String>,
}

/// What is to be shown.
#[derive(Debug, Clone)]
pub struct ShowRequest {
    /// The ids as they were written.
    pub written: Vec<String>,
    /// The same, parsed.
    pub ids: Vec<Id>,
}

/// Something that can be shown.
#[derive(Debug, Clone)]
pub enum Id {
    /// A digest.
    Digest(DigestId),
    /// An entry.
    Entry(EntryId),
    /// All digests of a day, which may count from that of the newest digest.
    Day(String),
}

/// A text that is no id.
#[derive(Debug, thiserror::Error)]
pub enum WrongId {
    /// Another spelling of one.
    #[error("`{written}` is not an id as it is shown: an id has one spelling")]
    Respelled {
        /// The id as typed.
        written: String,
        /// The spelling.
        id: String,
    },
    /// A day that is none, or more than one.
    #[error(transparent)]
    Day(DateError),
    /// Neither.
    #[error("`{0}` is not an id")]
    Unknown(String),
}

impl WrongId {
    fn new(written: &str) -> Self {
        let respelled = EntryId::parse_lenient(written).map(|id| id.to_string());
        let respelled = respelled.or_else(|| DigestId::parse_lenient(written).map(|id| id.to_string()));
        match (respelled, Days::parse_day(written, Some(ANY_DAY))) {
            (Some(id), _) => Self::Respelled { written: written.to_owned(), id },
            // What looks like a day is one that is wrong.
            (None, Err(error @ DateError::Unknown { .. })) if error.is_near() => Self::Day(error),
            (None, Err(error @ (DateError::Backwards { .. } | DateError::NotOneDay { .. }))) => Self::Day(error),
            _ => Self::Unknown(written.to_owned()),
        }
    }

    /// What was written, where ids that are near to it may help.
    pub fn unknown(&self) -> Option<&str> {
        match self {
            Self::Unknown(written) => Some(written),
            Self::Respelled { .. } | Self::Day(_) => None,
        }
    }

    /// The error as data.
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

/// For whether a text names one day, whichever.
const ANY_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 6, 15).expect("a day");

impl ShowOptions {
    /// The request.
    pub fn request(self) -> Result<ShowRequest, WrongId> {
        let parse = |id: &String| {
            let entry = id.parse().map(Id::Entry).or_else(|()| id.parse().map(Id::Digest));
            let day = |()| Days::parse_day(id, Some(ANY_DAY)).map(|_| Id::Day(id.clone()));
            entry.or_else(day).map_err(|_| WrongId::new(id))
        };
        let ids = self.id.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(ShowRequest { written: self.id, ids })
    }
}
