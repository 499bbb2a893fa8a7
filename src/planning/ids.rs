//! Resolution of ids, and suggestions for unknown ones.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Reader;
use super::called::spelled;
use super::nearest::{MAX_SUGGESTIONS, nearest};
use crate::backend::{DigestRecord, Error, FileRecord};
use crate::model::{DigestId, EntryId};

impl Reader {
    /// Returns the ids of a digest in the corpus's Unicode composition: one, unless topics differ only in that.
    pub fn spelled(&self, id: &DigestId) -> Vec<DigestId> {
        spelled(id, self.catalog())
    }

    /// Returns the digests of a day, sorted by topic.
    pub fn digests_on(&self, day: NaiveDate) -> Result<Vec<DigestId>, Error> {
        let mut ids: Vec<DigestId> = self.all_digests()?.into_iter().filter(|id| id.date == day).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// Returns the nearest days with a digest, before and after a day.
    pub fn days_near(&self, day: NaiveDate) -> Result<Vec<NaiveDate>, Error> {
        let days: BTreeSet<NaiveDate> = self.all_digests()?.into_iter().map(|id| id.date).collect();
        let (before, after) = (days.range(..day).next_back(), days.range(day..).next());
        Ok(before.into_iter().chain(after).copied().collect())
    }

    /// Returns the ids of non-empty digests.
    fn all_digests(&self) -> Result<Vec<DigestId>, Error> {
        let commit = self.commit()?;
        let digests = commit.files.iter().filter_map(FileRecord::digest).filter(|digest| digest.entries.total() > 0);
        Ok(digests.map(DigestRecord::id).collect())
    }

    /// Returns the ids most similar to a typed one, best first: entries of its digest if that is indexed, else digests of
    /// its topic by date, else one of each topic with a similar name.
    pub fn nearest_ids(&self, typed: &str) -> Result<Vec<String>, Error> {
        let (digest, part) = typed.rsplit_once('#').map_or((typed, None), |(digest, part)| (digest, Some(part)));
        if let (Ok(digest), Some(_)) = (digest.parse(), part) {
            for digest in self.spelled(&digest) {
                let entries: Vec<String> = self.digest(&digest)?.into_iter().map(|entry| entry.id).collect();
                if !entries.is_empty() {
                    return Ok(nearest_entries(typed, &entries));
                }
            }
        }
        Ok(nearest_digests(digest, self.all_digests()?))
    }
}

fn nearest_entries(typed: &str, known: &[String]) -> Vec<String> {
    let mut near: Vec<EntryId> = Vec::new();
    if let Ok(typed) = typed.parse::<EntryId>() {
        near.extend(known.iter().filter_map(|id| id.parse().ok()).filter(|id: &EntryId| id.section == typed.section));
        near.sort_by_key(|id| id.number.abs_diff(typed.number));
    }
    match near.is_empty() {
        true => nearest(typed, known.iter().cloned().collect()),
        false => near.iter().take(MAX_SUGGESTIONS).map(EntryId::to_string).collect(),
    }
}

/// Returns the topic of a digest as in its id, with the corpus.
fn topic_of(id: &DigestId) -> String {
    if id.corpus.is_empty() { id.topic.clone() } else { format!("{}:{}", id.corpus, id.topic) }
}

fn nearest_digests(typed: &str, known: Vec<DigestId>) -> Vec<String> {
    let (topic, day) = typed.rsplit_once('/').unwrap_or((typed, ""));
    // Dates by time, other text by spelling; the newest of equal distance.
    let distance = |date: NaiveDate| match day.parse::<NaiveDate>() {
        Ok(day) => date.signed_duration_since(day).num_days().unsigned_abs() as usize,
        Err(_) => strsim::osa_distance(&date.to_string(), day),
    };
    let of_topic = |topic: &str, most: usize| {
        let mut ids: Vec<&DigestId> = known.iter().filter(|id| topic_of(id) == topic).collect();
        ids.sort_by_key(|id| (distance(id.date), std::cmp::Reverse(id.date)));
        ids.into_iter().take(most).map(DigestId::to_string).collect::<Vec<_>>()
    };
    let topics: BTreeSet<String> = known.iter().map(topic_of).collect();
    if topics.contains(topic) {
        return of_topic(topic, MAX_SUGGESTIONS);
    }
    nearest(topic, topics).iter().flat_map(|topic| of_topic(topic, 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest_digests;
    use super::nearest_entries;

    #[test]
    fn digests_are_suggested_by_date() {
        let near = |typed: &str| {
            let known = ["us-mexico/2026-02-01", "us-mexico/2026-02-03", "us-mexico/2026-02-09", "us-china/2026-02-08"];
            nearest_digests(typed, known.map(|id| id.parse().expect(id)).into()).join(" ").replace("2026-02-", "")
        };
        assert_eq!(near("us-mexico/2026-02-02"), "us-mexico/03 us-mexico/01 us-mexico/09");
        assert_eq!(near("us-mexico/2026-02-99x"), "us-mexico/09 us-mexico/03 us-mexico/01");
        assert_eq!(near("us-mexico"), "us-mexico/09 us-mexico/03 us-mexico/01", "the newest");
        assert_eq!(near("us-mexcio/2026-02-02"), "us-mexico/03 us-china/08", "few topics are all suggested");
    }

    #[test]
    fn entries_are_suggested_by_number() {
        let near = |typed: &str| {
            let known = ["t/2026-02-01#china.1", "t/2026-02-01#t8", "t/2026-02-01#t9", "t/2026-02-01#t10"];
            nearest_entries(typed, &known.map(str::to_owned)).join(" ").replace("t/2026-02-01#", "")
        };
        assert_eq!(near("t/2026-02-01#t99"), "t10 t9 t8");
        assert!(near("t/2026-02-01#chna.1").starts_with("china.1 "), "an unknown section: by spelling");
    }
}
