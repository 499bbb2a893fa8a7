//! Digests and entries by their ids, and all digests of a day.

use chrono::NaiveDate;

use crate::backend::{Error, did_you_mean};
use crate::diagnostic::Diagnostic;
use crate::model::{DigestId, EntryId, is_same_text};
use crate::options::{Id, InvalidId, ShowRequest};
use crate::planning::Reader;
use crate::query::Days;
use crate::render::{ShowAnswer, Shown};

/// Returns the digests and entries of some ids, and messages on the ids that are missing.
pub fn show(request: ShowRequest, reader: &Reader) -> Result<ShowAnswer, Error> {
    let mut shown = Vec::new();
    let mut missing = Vec::new();
    for id in &request.ids {
        let found = find(id, reader)?;
        if found.is_empty() {
            missing.push(missing_message(id, reader)?);
        }
        shown.extend(found);
    }
    Ok(ShowAnswer { ids: request.written, shown, missing, fields: reader.catalog().fields })
}

/// Returns the diagnostic of an invalid id, with similar ids if there is an index.
pub fn invalid_id(error: &InvalidId, reader: Option<&Reader>) -> Diagnostic {
    let diagnostic = error.diagnostic();
    let near = reader.zip(error.unknown()).and_then(|(reader, id)| {
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
        Id::Digest(id) => digests(&named(id, reader)?, reader),
        Id::Entry(id) => entry(id, reader),
        Id::Day(written) => match Days::parse_day(written, reader.catalog().as_of) {
            Ok(day) => digests(&reader.digests_on(day)?, reader),
            Err(_) => Ok(Vec::new()),
        },
    }
}

/// Returns the digests that an id names: one as a rule, and all of a topic and day if only longer ids distinguish them.
fn named(id: &DigestId, reader: &Reader) -> Result<Vec<DigestId>, Error> {
    let ids = reader.spelled(id);
    if !id.variant.is_empty() || !reader.catalog().has_variants || !digests(&ids, reader)?.is_empty() {
        return Ok(ids);
    }
    let is_named = |other: &DigestId| ids.iter().any(|id| (&id.corpus, &id.topic) == (&other.corpus, &other.topic));
    Ok(reader.digests_on(id.date)?.into_iter().filter(is_named).collect())
}

/// Returns the message for a missing id, with similar ones.
fn missing_message(id: &Id, reader: &Reader) -> Result<String, Error> {
    match id {
        Id::Digest(id) => with_nearest(format!("digest {id} does not exist or is empty"), &id.to_string(), reader),
        Id::Entry(id) => with_nearest(format!("entry {id} does not exist"), &id.to_string(), reader),
        Id::Day(written) => match Days::parse_day(written, reader.catalog().as_of) {
            Ok(day) => {
                let near: Vec<String> = reader.days_near(day)?.iter().map(NaiveDate::to_string).collect();
                let parts = [Some(format!("no digest on {day}")), did_you_mean(&near)];
                Ok(parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
            }
            Err(error) => Ok(error.to_string()),
        },
    }
}

/// Returns the digests that exist and are not empty.
fn digests(ids: &[DigestId], reader: &Reader) -> Result<Vec<Shown>, Error> {
    let digests = ids.iter().map(|id| Ok(Shown { entries: reader.digest(id)?, entry: None }));
    let digests: Result<Vec<Shown>, Error> = digests.collect();
    Ok(digests?.into_iter().filter(|shown| !shown.entries.is_empty()).collect())
}

/// Returns an entry in its digest; none for an unknown id.
fn entry(id: &EntryId, reader: &Reader) -> Result<Vec<Shown>, Error> {
    let mut shown = Vec::new();
    for digest in named(&id.digest, reader)? {
        let entries = reader.digest(&digest)?;
        let written = EntryId { digest, ..id.clone() }.to_string();
        let same = || entries.iter().position(|entry| is_same_text(&entry.id, &written));
        if let Some(at) = entries.iter().position(|entry| entry.id == written).or_else(same) {
            shown.push(Shown { entries, entry: Some(at) });
        }
    }
    Ok(shown)
}

/// Appends the ids most similar to one to a message.
fn with_nearest(message: String, id: &str, reader: &Reader) -> Result<String, Error> {
    let nearest = did_you_mean(&reader.nearest_ids(id)?);
    Ok([Some(message), nearest].into_iter().flatten().collect::<Vec<_>>().join("; "))
}
