//! Findings across digests: duplicates and missing days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::code::Code;
use super::finding::Finding;
use crate::model::{DigestId, missing_days};

/// Returns a finding for each file after the first of a topic and day. Digests must be sorted by path.
pub fn duplicates(digests: &[(DigestId, String)]) -> Vec<Finding> {
    let mut first: BTreeMap<&DigestId, &str> = BTreeMap::new();
    let duplicate = |(id, path): &(DigestId, String), first: &str| {
        let message = format!("{first} is already the digest {}; this file is not indexed", id.described());
        Finding { topic: Some(id.topic.clone()), ..Finding::of(Code::Duplicate, path, message) }
    };
    let mut found = Vec::new();
    for digest in digests {
        match first.get(&digest.0) {
            Some(first) => found.push(duplicate(digest, first)),
            None => drop(first.insert(&digest.0, &digest.1)),
        }
    }
    found
}

/// Returns the spans of missing days between a topic's first and last digest. Ignores digests dated in the future.
pub fn missing(digests: &[(DigestId, String)], today: NaiveDate) -> Vec<Finding> {
    let mut topics: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (id, _) in digests.iter().filter(|(id, _)| id.date <= today) {
        topics.entry(&id.topic).or_default().insert(id.date);
    }
    let finding = |topic: &str, message| Finding {
        path: None,
        line: None,
        code: Code::MissingDay,
        topic: Some(topic.to_owned()),
        message,
        hint: None,
    };
    let of_topic = |(topic, days): (&str, BTreeSet<NaiveDate>)| {
        let missing = days.last().map_or_else(Vec::new, |last| missing_days(&days, *last));
        // Between two digests.
        let spans = missing.chunk_by(|first, second| days.range(first..second).next().is_none());
        spans.filter_map(|span| Some(finding(topic, message(span)?))).collect::<Vec<_>>()
    };
    topics.into_iter().flat_map(of_topic).collect()
}

/// Returns the message for missing days in a row.
fn message(span: &[NaiveDate]) -> Option<String> {
    let (first, last) = (span.first()?, span.last()?);
    Some(match (*last - *first).num_days() + 1 {
        1 => format!("no digest on {first}"),
        days if days == span.len() as i64 => format!("no digest from {first} to {last}: {days} days"),
        _ => format!("no digest from {first} to {last}, where {} were due", span.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_days_in_a_row_are_one_finding() {
        let day = |day: u32| NaiveDate::from_yo_opt(2026, day).expect("a day");
        let missing = |days: &[u32]| {
            let id = |day| DigestId { corpus: String::new(), topic: "t".to_owned(), date: day, variant: String::new() };
            let digest = |at: &u32| (id(day(*at)), String::new());
            let digests: Vec<_> = days.iter().map(digest).collect();
            missing(&digests, day(300)).into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(
            missing(&[1, 2, 4, 5, 9, 301]),
            ["no digest on 2026-01-03", "no digest from 2026-01-06 to 2026-01-08: 3 days"]
        );
        let weekly = ["no digest on 2026-01-15", "no digest from 2026-02-05 to 2026-02-12, where 2 were due"];
        assert_eq!(missing(&[1, 8, 22, 29, 51, 58, 65, 72, 79]), weekly);
    }
}
