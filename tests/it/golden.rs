//! Judged queries over the sample corpus: changes of the ranking are changes of this snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use crate::env::TestEnv;

/// The number of hits of each query.
const SHOWN: usize = 5;

fn id(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn all_words_of_judged_queries() {
    insta::assert_snapshot!(judged(&[]));
}

#[test]
fn any_words_of_judged_queries() {
    insta::assert_snapshot!(judged(&["--any"]));
}

/// The recall, the rank of the first relevant hit, and the first hits of each query.
fn judged(options: &[&str]) -> String {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let all = env.json(&["query", "--all-copies", "--limit", "all"]);
    let texts: BTreeMap<&str, &str> =
        all["results"].as_array().unwrap().iter().map(|entry| (id(&entry["id"]), id(&entry["text"]))).collect();
    let mut shown = String::new();
    let (mut recall_1, mut recall_5, mut reciprocal, mut queries) = (0.0, 0.0, 0.0, 0.0);
    let judged = include_str!("../golden/judged.tsv");
    for line in judged.lines().filter(|line| !line.starts_with('#')) {
        let (query, ids) = line.split_once('\t').unwrap();
        let relevant: BTreeSet<&str> = ids.split(' ').collect();
        // Copies of an article count once.
        let distinct: BTreeSet<&str> = relevant.iter().map(|id| texts[id]).collect();
        let answer = env.json(&[&["query", "--limit", "all", query], options].concat());
        let hits = answer["results"].as_array().unwrap();
        let is_relevant = |hit: &&Value| relevant.contains(id(&hit["id"]));
        let recall = |k: usize| {
            let found: BTreeSet<&str> = hits.iter().take(k).filter(is_relevant).map(|hit| id(&hit["text"])).collect();
            found.len() as f64 / distinct.len().min(k) as f64
        };
        let first = hits.iter().position(|hit| is_relevant(&hit)).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        let found = hits.iter().filter(is_relevant).map(|hit| id(&hit["text"])).collect::<BTreeSet<_>>().len();
        writeln!(shown, "{query}: {found} of {} relevant among {} hits", distinct.len(), hits.len()).unwrap();
        for hit in hits.iter().take(SHOWN) {
            writeln!(shown, "  {} {}", if is_relevant(&hit) { '+' } else { '-' }, id(&hit["id"])).unwrap();
        }
        recall_1 += recall(1);
        recall_5 += recall(5);
        reciprocal += first;
        queries += 1.0;
    }
    let [recall_1, recall_5, mrr] = [recall_1, recall_5, reciprocal].map(|sum| sum / queries);
    format!("{queries} queries: recall@1 {recall_1:.3}, recall@5 {recall_5:.3}, MRR {mrr:.3}\n\n{shown}")
}
