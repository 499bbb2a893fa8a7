//! Contents of the index for front ends: values to complete, neighbouring digests, content hashes.

use chrono::NaiveDate;

use crate::backend::Error;
use crate::model::Field;
use crate::planning::Reader;

/// Returns the values of a field.
pub fn values(field: Field, reader: &Reader) -> Vec<String> {
    reader.values(field).into_iter().collect()
}

/// Returns the content hashes of all entries.
pub fn contents(reader: &Reader) -> Result<Vec<u64>, Error> {
    reader.contents()
}

/// Returns the days of the digests of a topic before and after a day.
pub fn neighbours(
    topic: &str,
    day: NaiveDate,
    reader: &Reader,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Error> {
    let commit = reader.commit()?;
    let digests = commit.files.iter().filter_map(|file| file.digest()).filter(|digest| digest.head.topic == topic);
    let days: Vec<NaiveDate> = digests.map(|digest| digest.date).collect();
    let before = days.iter().filter(|other| **other < day).max();
    let after = days.iter().filter(|other| **other > day).min();
    Ok((before.copied(), after.copied()))
}
