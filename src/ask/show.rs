//! Whole digests, and entries in context, by their ids; and all digests of a day.

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Which};
use crate::engine::{Error, Reader, did_you_mean};
use crate::model::{DigestId, UnitId, is_same_text};
use crate::query::{DateError, Days};
use crate::render::{ShowAnswer, Shown};

const FORM: &str = "an id is a digest's, as in china-japan/2026-02-10, or a unit's, as in china-japan/2026-02-10#t12; a day, as \
                    in 2026-02-10, has all digests of it";

/// Ids as they were written, and understood.
pub struct Ids {
    written: Vec<String>,
    ids: Vec<Id>,
}

enum Id {
    Digest(DigestId),
    Unit(UnitId),
    /// A day, which may count from that of the newest digest.
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
        let respelled = UnitId::respelled(written).map(|id| id.to_string());
        let respelled = respelled.or_else(|| DigestId::respelled(written).map(|id| id.to_string()));
        match (respelled, day(written, Some(ANY_DAY))) {
            (Some(id), _) => Self::Respelled { written: written.to_owned(), id },
            // What looks like a day is one that is wrong.
            (None, Err(error @ DateError::Unknown { .. })) if error.is_near() => Self::Day(error),
            (None, Err(error @ (DateError::Backwards { .. } | DateError::NotOneDay { .. }))) => Self::Day(error),
            _ => Self::Unknown(written.to_owned()),
        }
    }

    /// The error as data; with the ids that are near, where there is an index that has some.
    pub fn diagnostic(&self, reader: Option<&Reader>) -> Diagnostic {
        Diagnostic::of("id", self, Some(self.hint(reader).into())).of_option("id", Which::Text(self.written()))
    }

    fn written(&self) -> String {
        match self {
            Self::Respelled { written, .. } | Self::Unknown(written) => written.clone(),
            Self::Day(error) => error.to_string(),
        }
    }

    fn hint(&self, reader: Option<&Reader>) -> String {
        match self {
            Self::Respelled { id, .. } => format!("did you mean `{id}`?"),
            Self::Day(error) => error.hint(),
            Self::Unknown(written) => {
                let near = reader.and_then(|reader| with_nearest(FORM.to_owned(), written, reader).ok());
                near.unwrap_or_else(|| FORM.to_owned())
            }
        }
    }
}

/// For whether a text names one day, whichever.
const ANY_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 6, 15).expect("a day");

fn day(written: &str, as_of: Option<NaiveDate>) -> Result<NaiveDate, DateError> {
    Days::parse_day(written, as_of)
}

impl Ids {
    /// Parses them.
    pub fn parse(written: Vec<String>) -> Result<Self, WrongId> {
        let parse = |id: &String| {
            let unit = id.parse().map(Id::Unit).or_else(|()| id.parse().map(Id::Digest));
            let day = |()| day(id, Some(ANY_DAY)).map(|_| Id::Day(id.clone()));
            unit.or_else(day).map_err(|_| WrongId::new(id))
        };
        let ids = written.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(Self { written, ids })
    }

    /// What there is of them, and what is to be said of the others.
    pub fn answer(self, reader: &Reader) -> Result<ShowAnswer, Error> {
        let mut shown = Vec::new();
        let mut missing = Vec::new();
        for id in &self.ids {
            let found = id.find(reader)?;
            if found.is_empty() {
                missing.push(id.missing(reader)?);
            }
            shown.extend(found);
        }
        Ok(ShowAnswer { ids: self.written, shown, missing })
    }
}

impl Id {
    fn find(&self, reader: &Reader) -> Result<Vec<Shown>, Error> {
        match self {
            Self::Digest(id) => digests(&reader.spelled(id), reader),
            Self::Unit(id) => unit(id, reader),
            Self::Day(written) => match day(written, reader.catalog().as_of) {
                Ok(day) => digests(&reader.digests_on(day)?, reader),
                Err(_) => Ok(Vec::new()),
            },
        }
    }

    /// Says that there is nothing of it, and what is near.
    fn missing(&self, reader: &Reader) -> Result<String, Error> {
        match self {
            Self::Digest(id) => {
                with_nearest(format!("there is no digest {id}, or nothing is in it"), &id.to_string(), reader)
            }
            Self::Unit(id) => with_nearest(format!("there is no unit {id}"), &id.to_string(), reader),
            Self::Day(written) => match day(written, reader.catalog().as_of) {
                Ok(day) => {
                    let near: Vec<String> = reader.days_near(day)?.iter().map(NaiveDate::to_string).collect();
                    let parts = [Some(format!("there is no digest of {day}")), did_you_mean(&near)];
                    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
                }
                Err(error) => Ok(error.to_string()),
            },
        }
    }
}

/// Those of the digests that there are.
fn digests(ids: &[DigestId], reader: &Reader) -> Result<Vec<Shown>, Error> {
    let digests = ids.iter().map(|id| Ok(Shown { units: reader.digest(id)?, unit: None }));
    let digests: Result<Vec<Shown>, Error> = digests.collect();
    Ok(digests?.into_iter().filter(|shown| !shown.units.is_empty()).collect())
}

/// A unit in its digest; none where there is none of the id.
fn unit(id: &UnitId, reader: &Reader) -> Result<Vec<Shown>, Error> {
    let mut shown = Vec::new();
    for digest in reader.spelled(&id.digest) {
        let units = reader.digest(&digest)?;
        let written = UnitId { digest, ..id.clone() }.to_string();
        let same = || units.iter().position(|unit| is_same_text(&unit.id, &written));
        if let Some(at) = units.iter().position(|unit| unit.id == written).or_else(same) {
            shown.push(Shown { units, unit: Some(at) });
        }
    }
    Ok(shown)
}

/// What is to be said, and which ids are near to the one written.
fn with_nearest(what: String, id: &str, reader: &Reader) -> Result<String, Error> {
    let nearest = did_you_mean(&reader.nearest_ids(id)?);
    Ok([Some(what), nearest].into_iter().flatten().collect::<Vec<_>>().join("; "))
}
