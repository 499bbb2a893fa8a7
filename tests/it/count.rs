//! Counts against a naive recount, and the interface for scripts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use digest_search::backend;
use digest_search::insight::{By, CountRequest, CountResponse, Error, Share};
use digest_search::model::{Document, Field, Kind};
use digest_search::query::{Filters, NodeKind, Selection};
use proptest::prelude::*;
use serde_json::Value;

use crate::corpus::{Corpus, custom_fields, entries};
use crate::env::TestEnv;
use crate::parity::{digest, request, words};
use crate::scan::Scan;

type Values = Vec<Option<String>>;

fn span(by: By, day: NaiveDate) -> String {
    let format = match by {
        By::Week => "%G-W%V",
        By::Month => "%Y-%m",
        By::Year => "%Y",
        _ => "%Y-%m-%d",
    };
    day.format(format).to_string()
}

fn values(by: By, entry: &Document, share: bool, scan: &Scan) -> Values {
    let values: Values = match by {
        By::Facet(Field::Source) => vec![scan.source(entry)],
        By::Facet(field) => field.values(entry).map(|value| Some(value.to_owned())).collect(),
        by => vec![Some(span(by, if share { entry.id.digest.date } else { entry.date }))],
    };
    if values.is_empty() { vec![None] } else { values }
}

/// Each combination of an entry's values of the fields.
fn combined(request: &CountRequest, entry: &Document, scan: &Scan) -> Vec<Values> {
    request.by.iter().fold(vec![Values::new()], |combined, by| {
        let values = values(*by, entry, request.share, scan);
        let with = |first: &Values| {
            values.iter().map(|value| [&first[..], std::slice::from_ref(value)].concat()).collect::<Vec<_>>()
        };
        combined.iter().flat_map(with).collect()
    })
}

fn counted(entries: &[&Document], request: &CountRequest, scan: &Scan) -> BTreeMap<Values, usize> {
    let mut counts = BTreeMap::new();
    for entry in entries {
        combined(request, entry, scan).into_iter().for_each(|values| *counts.entry(values).or_default() += 1);
    }
    counts
}

/// Sampled entries by copy key: the first digest, the kind, and whether it matches.
#[derive(Default, Clone)]
struct Sample {
    copies: BTreeMap<u64, ((NaiveDate, String), bool)>,
    kinds: BTreeSet<Kind>,
}

impl Sample {
    fn add(&mut self, entry: &Document, is_found: bool) {
        self.kinds.insert(entry.kind);
        let digest = (entry.id.digest.date, entry.id.digest.topic.clone());
        let (first, found) = self.copies.entry(entry.copy).or_insert_with(|| (digest.clone(), false));
        *first = digest.min(first.clone());
        *found |= is_found;
    }

    fn distinct(&self) -> (usize, usize) {
        (self.copies.values().filter(|(_, found)| *found).count(), self.copies.len())
    }

    fn share(&self) -> Option<Share> {
        let mut digests: BTreeMap<_, (usize, usize)> = BTreeMap::new();
        for (digest, found) in self.copies.values() {
            let (y, m) = digests.entry(digest).or_default();
            (*y, *m) = (*y + usize::from(*found), *m + 1);
        }
        if self.kinds.len() > 1 {
            None
        } else {
            Share::of(digests.iter().map(|((day, _), (found, sampled))| (day.num_days_from_ce() - 1, *found, *sampled)))
        }
    }
}

fn check(scan: &Scan, request: &CountRequest, response: &CountResponse) {
    let found = scan.search(&request.selection);
    let counts = counted(&found, request, scan);
    assert_eq!(response.total_entries, found.len(), "{request:?}");
    assert_eq!(response.left_out.entries, 0);
    let text = request.selection.text.as_ref();
    let sample = Selection {
        text: text.and_then(|text| text.only(|what| !matches!(what, NodeKind::Words(_)))),
        filters: request.selection.filters.clone(),
        ..Selection::default()
    };
    let mut samples: BTreeMap<Values, Sample> = BTreeMap::new();
    let mut all = Sample::default();
    for entry in scan.search(&sample) {
        let is_found = found.iter().any(|other| other.id == entry.id);
        for values in combined(request, entry, scan) {
            samples.entry(values).or_default().add(entry, is_found);
        }
        all.add(entry, is_found);
    }
    assert_eq!(response.sampled.as_ref().map(|s| s.share), request.share.then(|| all.share()));
    let of_topics = Selection {
        text: text.and_then(|text| text.only(|what| matches!(what, NodeKind::Value(Field::Topic, _)))),
        filters: Filters::default().with(Field::Topic, request.selection.filters.get(Field::Topic).to_vec()),
        ..Selection::default()
    };
    let of_perspectives = Selection {
        text: text
            .and_then(|text| text.only(|what| matches!(what, NodeKind::Value(Field::Topic | Field::Perspective, _)))),
        filters: of_topics
            .filters
            .clone()
            .with(Field::Perspective, request.selection.filters.get(Field::Perspective).to_vec()),
        ..Selection::default()
    };
    let topics: BTreeSet<_> = scan.search(&of_perspectives).iter().map(|u| &u.id.digest.topic).collect();
    let digests = scan.search(&of_topics).into_iter().map(|u| &u.id.digest);
    let digests: BTreeSet<_> = digests.filter(|digest| topics.contains(&digest.topic)).collect();
    let mut rows: BTreeMap<Values, usize> = BTreeMap::new();
    for row in &response.rows {
        let value = |field| response.value(row, field).as_ref().map(|(value, _)| value.clone());
        let values: Values = (0..request.by.len()).map(value).collect();
        let count = counts.get(&values).copied().unwrap_or_default();
        assert_eq!(row.count.unwrap_or_default(), count, "{values:?} {request:?}");
        let has_digest = digests.iter().any(|digest| {
            request.by.iter().zip(&values).all(|(by, value)| match by {
                By::Facet(Field::Topic) => value.as_ref() == Some(&digest.topic),
                // Each of the topics has both perspectives.
                By::Facet(_) => true,
                by => value.as_ref() == Some(&span(*by, digest.date)),
            })
        });
        assert_eq!(row.count.is_some(), has_digest || count > 0, "{values:?} {request:?}");
        if let Some(sample) = &row.sampled {
            let expected = samples.get(&values).cloned().unwrap_or_default();
            assert_eq!((sample.found, sample.entries), expected.distinct(), "{values:?} {request:?}");
            assert_eq!(sample.share, expected.share(), "{values:?} {request:?}");
        }
        assert!(rows.insert(values, count).is_none(), "no row is there twice");
    }
    assert!(counts.keys().all(|values| rows.contains_key(values)), "{counts:?} {rows:?}");
    assert_eq!(rows.values().sum::<usize>(), counts.values().sum::<usize>());
    assert_eq!(
        (response.total_entries, response.is_multiple),
        (found.len(), counts.values().sum::<usize>() > found.len())
    );
    if request.share {
        assert!(samples.keys().all(|values| rows.contains_key(values)), "{rows:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10, ..ProptestConfig::default() })]

    #[test]
    fn counts_equal_a_naive_recount(
        texts in prop::collection::vec(digest(), 1..6),
        requests in prop::collection::vec((
            request(words()),
            prop::collection::btree_set(0..By::all(custom_fields()).count(), 0..=2).prop_map(|by| by.into_iter().collect::<Vec<_>>()).prop_shuffle(),
            prop::bool::ANY,
        ), 40),
    ) {
        let corpus = Corpus::new();
        corpus.index(&texts);
        let (reader, scan) = (corpus.reader(), Scan::new(entries(&texts)));
        for (request, by, share) in requests {
            let by = by.into_iter().filter_map(|i| By::all(custom_fields()).nth(i)).collect();
            let request = CountRequest::new(request.selection, by, share, None);
            match request.answer(&reader) {
                Ok(response) => check(&scan, &request, &response),
                Err(Error::Engine(backend::Error::UnknownValue { .. })) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// Values of a JSON object, with texts truncated.
fn key(object: &Value, fields: &[(&str, usize)]) -> Vec<Option<String>> {
    let text =
        |(field, length): &(&str, usize)| object[field].as_str().map(|text| text.chars().take(*length).collect());
    fields.iter().map(text).collect()
}

#[test]
fn counts_equal_the_number_of_listed_entries() {
    let env = TestEnv::indexed();
    for (args, by, fields) in [
        (&["tariff"][..], "topic", &[("topic", 99)][..]),
        (&["export OR import", "--topic", "china-japan"], "perspective,month", &[("perspective", 99), ("date", 7)]),
        (&["--lang", "es"], "source", &[("source", 99)]),
        (&["--since", "2w"], "day,kind", &[("date", 10), ("kind", 99)]),
        (&["steel", "--any"], "lang,year", &[("lang", 99), ("date", 4)]),
    ] {
        let mut expected: BTreeMap<_, u64> = BTreeMap::new();
        let entries = env.json(&[&["query", "--limit", "all", "--all-copies"], args].concat());
        for entry in entries["results"].as_array().unwrap() {
            *expected.entry(key(entry, fields)).or_default() += 1;
        }
        let answer = env.json(&[&["count", "--by", by], args].concat());
        let columns: Vec<_> = by.split(',').map(|field| (field, 99)).collect();
        let rows = answer["rows"].as_array().unwrap().iter().filter(|row| row["count"].as_u64() > Some(0));
        let got: BTreeMap<_, u64> = rows.map(|row| (key(row, &columns), row["count"].as_u64().unwrap())).collect();
        assert!(!expected.is_empty());
        assert_eq!(got, expected, "{args:?} by {by}");
        assert_eq!(answer["total_entries"], expected.values().sum::<u64>());
    }
}

#[test]
fn days_without_a_digest_are_empty() {
    let env = TestEnv::with_digests(3);
    env.remove("corpus/t/2026-01-02.md");
    env.ok(&["index", "corpus"]);
    let rows = |args: &[&str]| env.json(&[&["count", "--by", "day"], args].concat())["rows"].clone();
    let counts = |rows: Value| rows.as_array().unwrap().iter().map(|row| row["count"].as_u64()).collect::<Vec<_>>();
    assert_eq!(counts(rows(&["plain"])), [Some(5), None, Some(5)]);
    assert_eq!(counts(rows(&["zzz"])), [Some(0), None, Some(0)]);
    assert_eq!(counts(rows(&["plain", "--since", "2026-01-02"])), [None, Some(5)]);
    assert_eq!(counts(rows(&["plain date:2026-01-03"])), [Some(5)]);
    let csv = env.ok(&["count", "plain", "--by", "day", "--format", "csv"]);
    assert_eq!(csv, "day,count\n2026-01-01,5\n2026-01-02,\n2026-01-03,5\n");
}

#[test]
fn days_on_which_a_perspective_could_not_be_sampled_are_empty() {
    let env = TestEnv::indexed();
    let counts = |args: &[&str]| {
        let answer = env.json(&[&["count", "japan", "--by", "day"], args].concat());
        let rows = answer["rows"].as_array().unwrap().iter();
        rows.map(|row| (row["day"].to_string(), row["count"].as_u64())).collect::<Vec<_>>()
    };
    // Only this topic has the perspective.
    let of_topic = counts(&["--perspective", "japan", "--topic", "china-japan"]);
    assert!(of_topic.iter().any(|(_, count)| count.is_none()));
    assert_eq!(counts(&["--perspective", "japan"]), of_topic);
    assert_eq!(counts(&["perspective:japan"]), of_topic);
}

#[test]
fn values_left_out_are_counted() {
    let env = TestEnv::indexed();
    let args = ["count", "tariff", "--by", "source,kind", "--top", "2"];
    let answer = env.json(&args);
    let shown: u64 = answer["rows"].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
    let left_out = answer["left_out"]["entries"].as_u64().unwrap();
    assert!(left_out > 0);
    assert_eq!(shown + left_out, answer["total_entries"].as_u64().unwrap());
    assert!(env.ok(&args).contains(&format!("left out, with {left_out} entries")));
    let csv = env.run(&[&args[..], &["--format", "csv"]].concat());
    assert!(csv.stderr.contains(&format!("left out, with {left_out} entries")), "{}", csv.stderr);
}

#[test]
fn shares_are_of_titles_and_have_intervals() {
    let env = TestEnv::indexed();
    let answer = env.json(&["count", "tariff", "--topic", "us-mexico", "--share", "--by", "perspective"]);
    assert_eq!((&answer["filters"]["kind"], &answer["day"]), (&serde_json::json!(["title"]), &"digest_date".into()));
    let of = |perspective: &str| {
        answer["rows"].as_array().unwrap().iter().find(|row| row["perspective"] == perspective).unwrap()
    };
    let number = |row: &Value, field: &str| row[field].as_f64().unwrap();
    let us = of("us");
    assert!(number(us, "low") < number(us, "share") && number(us, "share") < number(us, "high"));
    assert!((number(us, "share") - number(us, "distinct") / number(us, "n")).abs() < 1e-6);
    assert!(number(us, "effective_n") < number(us, "n"));
    // The other perspective writes in Spanish: none of its titles can have the English word.
    assert_eq!((number(of("mexican"), "share"), &of("mexican")["langs"]["en"]), (0.0, &Value::Null));
    let is_noted = |answer: &Value| answer["notes"].to_string().contains("found in en only");
    assert!(is_noted(&answer), "{}", answer["notes"]);
    assert!(!is_noted(&env.json(&["count", "tariff OR arancel", "--topic", "us-mexico", "--share"])));
    let bullets = env.json(&["count", "tariff", "--share", "--kind", "bullet"]);
    assert_eq!(bullets["filters"]["kind"], serde_json::json!(["bullet"]));
    assert!(env.fails(&["count", "--share", "--by", "topic"]).contains("--share requires words"));
}

#[test]
fn counts_are_by_one_or_two_fields() {
    let env = TestEnv::indexed();
    assert!(env.fails(&["count", "--by", "topic,topic"]).contains("topic twice"));
    assert!(env.fails(&["count", "--by", "topic,kind,lang"]).contains("expected at most 2"));
    assert!(env.fails(&["count", "--by", "sauce"]).contains("source"));
    assert_eq!(env.ok(&["count", "--by", "kind", "--format", "ids"]), "title\nbullet\nhighlight\n");
    let all = env.json(&["count"]);
    assert_eq!(
        (all["rows"][0]["count"].as_u64(), all["rows"].as_array().unwrap().len()),
        (all["total_entries"].as_u64(), 1)
    );
    assert_eq!(env.run(&["count", "zzzz"]).code, 1);
}
