//! Whole digests, and units with what stands around them, by their ids.

use crate::digest::{DigestId, UnitId};
use crate::engine::{Error, Reader, did_you_mean};
use crate::render::{ShowAnswer, Shown};

const FORM: &str = "an id is a digest's, as in china-japan/2026-02-10, or a unit's, as in china-japan/2026-02-10#t12";

/// Ids as they were written, and understood.
pub struct Ids {
    written: Vec<String>,
    ids: Vec<Id>,
}

enum Id {
    Digest(DigestId),
    Unit(UnitId),
}

/// A text that is no id.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no id")]
pub struct WrongId(String);

impl WrongId {
    /// What to do about it; with the ids that are near, where there is an index that has some.
    pub fn hint(&self, reader: Option<&Reader>) -> String {
        let near = reader.and_then(|reader| with_nearest(FORM.to_owned(), &self.0, reader).ok());
        near.unwrap_or_else(|| FORM.to_owned())
    }
}

impl Ids {
    /// Understands them.
    pub fn parse(written: Vec<String>) -> Result<Self, WrongId> {
        let parse = |id: &String| id.parse().map(Id::Unit).or_else(|()| id.parse().map(Id::Digest));
        let parse = |id| parse(id).map_err(|()| WrongId(id.clone()));
        let ids = written.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(Self { written, ids })
    }

    /// What there is of them, and what is to be said of the others.
    pub fn answer(self, reader: &Reader) -> Result<ShowAnswer, Error> {
        let mut shown = Vec::new();
        let mut missing = Vec::new();
        for id in &self.ids {
            let units = reader.digest(id.digest())?;
            match id {
                Id::Digest(digest) if units.is_empty() => {
                    let what = format!("there is no digest {digest}, or nothing is in it");
                    missing.push(with_nearest(what, &digest.to_string(), reader)?)
                }
                Id::Digest(_) => shown.push(Shown { units, unit: None }),
                Id::Unit(unit) => match units.iter().position(|u| u.id == unit.to_string()) {
                    Some(at) => shown.push(Shown { units, unit: Some(at) }),
                    None => missing.push(with_nearest(format!("there is no unit {unit}"), &unit.to_string(), reader)?),
                },
            }
        }
        Ok(ShowAnswer { ids: self.written, shown, missing })
    }
}

impl Id {
    fn digest(&self) -> &DigestId {
        match self {
            Self::Digest(digest) => digest,
            Self::Unit(unit) => &unit.digest,
        }
    }
}

/// What is to be said, and which ids are near to the one written.
fn with_nearest(what: String, id: &str, reader: &Reader) -> Result<String, Error> {
    let nearest = did_you_mean(&reader.nearest_ids(id)?);
    Ok([Some(what), nearest].into_iter().flatten().collect::<Vec<_>>().join("; "))
}
