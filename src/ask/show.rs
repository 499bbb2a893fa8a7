//! Whole digests, and entries in context, by their ids; and all digests of a day.

use chrono::NaiveDate;

use crate::backend::{Error, did_you_mean};
use crate::diagnostic::Diagnostic;
use crate::model::{DigestId, EntryId, is_same_text};
use crate::options::{Id, ShowRequest, WrongId};
use crate::planning::Reader;
use crate::query::Days;
use crate::render::{ShowAnswer, Shown};

/// Returns what there is of some ids, and what is to be said of the others.
pub fn show(request: ShowRequest, reader: &Reader) -> Result<ShowAnswer, Error> {
    let mut shown = Vec::new();
    let mut missing = Vec::new();
    for id in &request.ids {
        let found = find(id, reader)?;
        if found.is_empty() {
            missing.push(missed(id, reader)?);
        }
        shown.extend(found);
    }
    Ok(ShowAnswer { ids: request.written, shown, missing })
}

/// What is wrong with an id, and which ids are near, where there is an index that has some.
pub fn wrong_id(wrong: &WrongId, reader: Option<&Reader>) -> Diagnostic {
    let diagnostic = wrong.diagnostic();
    let near = reader.zip(wrong.unknown()).and_then(|(reader, id)| {
        let form = diagnostic.hint.as_ref().map(ToString::to_string).unwrap_or_default();
        with_nearest(form, id, reader).ok()
    });
    match near {
        Some(hint) => Diagnostic { hint: Some(hint.into()), ..diagnostic },
        None => diagnostic,
    }
}

fn find(id: &Id, reader: &Reader) -> Result<Vec<Shown>, Error> {
    match id {
        Id::Digest(id) => digests(&reader.spelled(id), reader),
        Id::Entry(id) => entry(id, reader),
        Id::Day(written) => match Days::parse_day(written, reader.catalog().as_of) {
            Ok(day) => digests(&reader.digests_on(day)?, reader),
            Err(_) => Ok(Vec::new()),
        },
    }
}

/// Says that there is nothing of it, and what is near.
fn missed(id: &Id, reader: &Reader) -> Result<String, Error> {
    match id {
        Id::Digest(id) => {
            with_nearest(format!("there is no digest {id}, or nothing is in it"), &id.to_string(), reader)
        }
        Id::Entry(id) => with_nearest(format!("there is no entry {id}"), &id.to_string(), reader),
        Id::Day(written) => match Days::parse_day(written, reader.catalog().as_of) {
            Ok(day) => {
                let near: Vec<String> = reader.days_near(day)?.iter().map(NaiveDate::to_string).collect();
                let parts = [Some(format!("there is no digest of {day}")), did_you_mean(&near)];
                Ok(parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
            }
            Err(error) => Ok(error.to_string()),
        },
    }
}

/// Those of the digests that there are.
fn digests(ids: &[DigestId], reader: &Reader) -> Result<Vec<Shown>, Error> {
    let digests = ids.iter().map(|id| Ok(Shown { entries: reader.digest(id)?, entry: None }));
    let digests: Result<Vec<Shown>, Error> = digests.collect();
    Ok(digests?.into_iter().filter(|shown| !shown.entries.is_empty()).collect())
}

/// An entry in its digest; none where there is none of the id.
fn entry(id: &EntryId, reader: &Reader) -> Result<Vec<Shown>, Error> {
    let mut shown = Vec::new();
    for digest in reader.spelled(&id.digest) {
        let entries = reader.digest(&digest)?;
        let written = EntryId { digest, ..id.clone() }.to_string();
        let same = || entries.iter().position(|entry| is_same_text(&entry.id, &written));
        if let Some(at) = entries.iter().position(|entry| entry.id == written).or_else(same) {
            shown.push(Shown { entries, entry: Some(at) });
        }
    }
    Ok(shown)
}

/// What is to be said, and which ids are near to the one written.
fn with_nearest(what: String, id: &str, reader: &Reader) -> Result<String, Error> {
    let nearest = did_you_mean(&reader.nearest_ids(id)?);
    Ok([Some(what), nearest].into_iter().flatten().collect::<Vec<_>>().join("; "))
}
