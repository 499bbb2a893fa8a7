//! Counts as records: the values that were counted by, and how many entries have them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Records;
use crate::insight::{By, Sampled};
use crate::render::CountAnswer;
use crate::render::numbers::rounded;

/// The fields that every count has.
pub const COUNT: [&str; 8] = ["count", "distinct", "n", "share", "low", "high", "effective_n", "langs"];

/// A count and what it is a share of; null where no share was asked for, or nothing was sampled.
#[derive(Serialize)]
pub struct CountFields<'a> {
    count: Option<usize>,
    #[serde(flatten)]
    sampled: SampledFields<'a>,
}

/// A share and how sure it is.
#[derive(Serialize)]
pub struct SampledFields<'a> {
    /// The number of distinct entries: copies of an article count once.
    distinct: Option<usize>,
    /// The number of distinct entries sampled.
    n: Option<usize>,
    share: Option<f64>,
    /// The ends of the share's 95% interval; null of digests of fewer than three days.
    low: Option<f64>,
    high: Option<f64>,
    /// The effective sample size.
    effective_n: Option<f64>,
    /// The number sampled in each language; `und` if it is unknown.
    langs: Option<BTreeMap<&'a str, usize>>,
}

impl<'a> SampledFields<'a> {
    pub fn new(sampled: Option<&'a Sampled>) -> Self {
        let share = sampled.and_then(|sampled| sampled.share);
        let interval = share.and_then(|share| share.interval);
        Self {
            distinct: sampled.map(|sampled| sampled.found),
            n: sampled.map(|sampled| sampled.entries),
            share: share.map(|s| rounded(s.share, 6)),
            low: interval.map(|ends| rounded(ends.low, 6)),
            high: interval.map(|ends| rounded(ends.high, 6)),
            effective_n: interval.map(|ends| rounded(ends.effective, 1)),
            langs: sampled.map(|sampled| {
                let lang = |lang: &'a Option<String>| lang.as_deref().unwrap_or("und");
                sampled.langs.iter().map(|(code, (_, entries))| (lang(code), *entries)).collect()
            }),
        }
    }
}

/// The rows of a count.
pub fn rows(answer: &CountAnswer) -> Records<'_> {
    let by = &answer.request.by;
    let key: Vec<&'static str> = by.iter().map(|by| by.as_str()).collect();
    let fields = [&by.iter().flat_map(|by| names(*by)).collect::<Vec<_>>()[..], &COUNT].concat();
    let counts = if answer.request.share { &COUNT[..7] } else { &COUNT[..1] };
    let columns = [&key[..], counts].concat();
    Records::new(&fields, &columns, &key, answer.response.rows.len(), move |i| record(answer, i))
}

/// A field's value and, where it has one, its name for people.
fn names(by: By) -> Vec<&'static str> {
    match by {
        By::Facet(field) => [field.as_str()].into_iter().chain(field.spec().name_key).collect(),
        by => vec![by.as_str()],
    }
}

fn record(answer: &CountAnswer, i: usize) -> Map<String, Value> {
    let row = &answer.response.rows[i];
    let count = CountFields { count: row.count, sampled: SampledFields::new(row.sampled.as_ref()) };
    let mut record = match serde_json::to_value(count) {
        Ok(Value::Object(record)) => record,
        _ => Map::new(),
    };
    for (field, by) in answer.request.by.iter().enumerate() {
        let (value, name) = answer.response.value(row, field).clone().unzip();
        for (field, value) in names(*by).into_iter().zip([value, name]) {
            record.insert(field.to_owned(), value.into());
        }
    }
    record
}
