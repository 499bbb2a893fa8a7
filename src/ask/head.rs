//! What a report is of: its days, and the digests that there are of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::backend::{Commit, Error};
use crate::model::Field;
use crate::planning::Reader;
use crate::query::{Days, Dimension, Filters, Key, Selection, Span};
use crate::render::{ReportHead, ReportTopic};

/// The head of a report with filters.
pub fn head(filters: Filters, as_of: Option<NaiveDate>, reader: &Reader) -> Result<ReportHead, Error> {
    let mut of_digests = Filters { values: filters.values.clone(), ..Filters::default() };
    of_digests.values.retain(|field| matches!(field, Field::Topic | Field::Perspective));
    let fields = [Dimension::Facet(Field::Topic), Dimension::DigestDate(Span::Day)];
    let tally = reader.tally(&Selection { filters: of_digests, ..Selection::default() }, &fields)?;
    let mut of_topics: BTreeMap<String, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (codes, _) in &tally.counts.cells {
        if let [Key::Value(topic), Key::Day(day)] = tally.counts.keys_of(*codes).collect::<Vec<_>>()[..] {
            of_topics.entry(topic.clone()).or_default().insert(*day);
        }
    }
    let topic = |(id, digests): (String, BTreeSet<NaiveDate>)| {
        let name = reader.catalog().topics.get(&id).map_or_else(|| id.clone(), |topic| topic.name.clone());
        topic(id, name, &digests, &filters.days, as_of.min(reader.catalog().as_of))
    };
    Ok(ReportHead {
        version: env!("CARGO_PKG_VERSION"),
        corpus: corpus(&reader.commit()?),
        as_of,
        topics: of_topics.into_iter().map(topic).collect(),
        filters,
    })
}

/// The digests of a topic on some days. Days before the first digest of all and after the newest miss none.
fn topic(id: String, name: String, all: &BTreeSet<NaiveDate>, days: &[Days], as_of: Option<NaiveDate>) -> ReportTopic {
    let asked = |day: &NaiveDate| days.is_empty() || days.iter().any(|span| span.contains(*day));
    let digests: Vec<NaiveDate> = all.iter().copied().filter(asked).collect();
    let could_be = all.first().copied().zip(as_of.or(all.last().copied()));
    let could_be = could_be.into_iter().flat_map(|(first, last)| first.iter_days().take_while(move |day| *day <= last));
    ReportTopic {
        id,
        name,
        digests: digests.len(),
        first: digests.first().copied(),
        last: digests.last().copied(),
        missing: could_be.filter(|day| asked(day) && !all.contains(day)).collect(),
    }
}

/// Stands for all that is indexed: the same digests, read in the same way, give the same.
fn corpus(commit: &Commit) -> String {
    let digest = |file: &crate::backend::FileRecord| {
        let digest = file.digest()?;
        Some(format!("{} {} {:?}", digest.head.topic, digest.date, file.hash))
    };
    let mut digests: Vec<String> = commit.files.iter().filter_map(digest).collect();
    digests.sort_unstable();
    format!("{:016x}", xxh3_64(format!("{}\n{}", commit.catalog.fingerprint, digests.join("\n")).as_bytes()))
}
