//! Head of a report: its days and the digests of those days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::backend::{Commit, Error};
use crate::model::{Field, missing_days};
use crate::planning::Reader;
use crate::query::{Days, Dimension, Filters, Key, Selection, Span};
use crate::render::{ReportHead, ReportTopic};

/// Returns the head of a report with filters.
pub fn head(filters: Filters, as_of: Option<NaiveDate>, reader: &Reader) -> Result<ReportHead, Error> {
    let mut digest_filters = Filters { values: filters.values.clone(), ..Filters::default() };
    digest_filters.values.retain(|field| matches!(field, Field::Topic | Field::Perspective | Field::Corpus));
    let fields = [Dimension::Facet(Field::Topic), Dimension::DigestDate(Span::Day)];
    let tally = reader.tally(&Selection { filters: digest_filters, ..Selection::default() }, &fields)?;
    let mut digests_by_topic: BTreeMap<String, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (codes, _) in &tally.counts.cells {
        if let [Key::Value(topic), Key::Day(day)] = tally.counts.keys_of(*codes).collect::<Vec<_>>()[..] {
            digests_by_topic.entry(topic.clone()).or_default().insert(*day);
        }
    }
    let topic = |(id, digests): (String, BTreeSet<NaiveDate>)| {
        let name = reader.catalog().name(Field::Topic, &id).to_owned();
        topic(id, name, &digests, &filters.days, as_of.min(reader.catalog().as_of))
    };
    Ok(ReportHead {
        version: env!("CARGO_PKG_VERSION"),
        corpus: corpus(&reader.commit()?),
        as_of,
        topics: digests_by_topic.into_iter().map(topic).collect(),
        filters,
    })
}

/// Returns the digests of a topic on some days. Missing days lie between the first digest and the newest of the corpus.
fn topic(id: String, name: String, all: &BTreeSet<NaiveDate>, days: &[Days], as_of: Option<NaiveDate>) -> ReportTopic {
    let is_selected = |day: &NaiveDate| days.is_empty() || days.iter().any(|span| span.contains(*day));
    let digests: Vec<NaiveDate> = all.iter().copied().filter(is_selected).collect();
    let until = as_of.or(all.last().copied());
    let missing = until.map_or_else(Vec::new, |until| missing_days(all, until));
    ReportTopic {
        id,
        name,
        digests: digests.len(),
        first: digests.first().copied(),
        last: digests.last().copied(),
        missing: missing.into_iter().filter(is_selected).collect(),
    }
}

/// Returns a fingerprint of the indexed corpus: the same digests, parsed by the same version, give the same one.
fn corpus(commit: &Commit) -> String {
    let digest = |file: &crate::backend::FileRecord| {
        let digest = file.digest()?;
        let corpus = if digest.head.corpus.is_empty() { String::new() } else { format!("{}:", digest.head.corpus) };
        Some(format!("{corpus}{} {} {:?}", digest.head.topic, digest.date, file.hash))
    };
    let mut digests: Vec<String> = commit.files.iter().filter_map(digest).collect();
    digests.sort_unstable();
    format!("{:016x}", xxh3_64(format!("{}\n{}", commit.catalog.fingerprint, digests.join("\n")).as_bytes()))
}
