//! Findings across digests: duplicates and missing days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::code::Code;
use super::finding::Finding;
use crate::model::DigestId;

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
    let spans = topics.into_iter().flat_map(|(topic, days)| {
        let next = days.iter().skip(1).copied().collect::<Vec<_>>();
        days.into_iter().zip(next).filter_map(move |(before, after)| Some((topic, between(before, after)?)))
    });
    let finding = |(topic, message): (&str, String)| Finding {
        path: None,
        line: None,
        code: Code::MissingDay,
        topic: Some(topic.to_owned()),
        message,
        hint: None,
    };
    spans.map(finding).collect()
}

/// Returns the message for the days between two digests; `None` if the days are adjacent.
fn between(before: NaiveDate, after: NaiveDate) -> Option<String> {
    let (first, last) = (before.succ_opt()?, after.pred_opt()?);
    match (last - first).num_days() + 1 {
        ..=0 => None,
        1 => Some(format!("no digest on {first}")),
        days => Some(format!("no digest from {first} to {last}: {days} days")),
    }
}
