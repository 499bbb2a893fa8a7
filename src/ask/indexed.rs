//! Contents of the index for front ends: values to complete, neighbouring digests, content hashes.

use chrono::NaiveDate;

use crate::backend::Error;
use crate::insight::By;
use crate::model::{DigestId, Field};
use crate::planning::Reader;

/// Returns the values of a field.
pub fn values(field: Field, reader: &Reader) -> Vec<String> {
    reader.values(field).into_iter().collect()
}

/// Returns the names of all fields of entries.
pub fn field_names(reader: &Reader) -> Vec<String> {
    Field::all(reader.catalog().fields).map(|field| field.as_str().to_owned()).collect()
}

/// Returns the names of all fields to count by.
pub fn by_names(reader: &Reader) -> Vec<String> {
    By::all(reader.catalog().fields).map(|by| by.as_str().to_owned()).collect()
}

/// Returns conditions on custom fields that continue a text: `tags=`, or `tags=ai` after a name.
pub fn conditions(typed: &str, reader: &Reader) -> Vec<String> {
    let fields = reader.catalog().fields;
    match typed.split_once('=').map(|(name, _)| Field::from_name(name, fields)) {
        Some(Some(field @ Field::Custom(_))) => {
            values(field, reader).into_iter().map(|value| format!("{}={value}", field.as_str())).collect()
        }
        Some(_) => Vec::new(),
        None => fields.iter().map(|field| format!("{}=", field.name())).collect(),
    }
}

/// Returns the content hashes of all entries.
pub fn contents(reader: &Reader) -> Result<Vec<u64>, Error> {
    reader.contents()
}

/// Returns the ids of all digests with entries, the newest first.
pub fn digests(reader: &Reader) -> Result<Vec<DigestId>, Error> {
    let commit = reader.commit()?;
    let digests = commit.files.iter().filter_map(|file| file.digest()).filter(|digest| digest.entries.total() > 0);
    let mut digests: Vec<DigestId> = digests.map(|digest| digest.id()).collect();
    digests.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.cmp(b)));
    Ok(digests)
}

/// Returns the days of the digests of a topic before and after a day, in the same corpus.
pub fn neighbours(
    corpus: Option<&str>,
    topic: &str,
    day: NaiveDate,
    reader: &Reader,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Error> {
    let commit = reader.commit()?;
    let digests = commit
        .files
        .iter()
        .filter_map(|file| file.digest())
        .filter(|digest| digest.head.topic == topic && digest.head.corpus == corpus.unwrap_or_default());
    let days: Vec<NaiveDate> = digests.map(|digest| digest.date).collect();
    let before = days.iter().filter(|other| **other < day).max();
    let after = days.iter().filter(|other| **other > day).min();
    Ok((before.copied(), after.copied()))
}
