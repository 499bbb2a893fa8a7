//! Replaced versions: where questions would have to exclude too many of them, a run rebuilds.

use serde_json::{Value, json};

use super::case::Case;
use super::fake::START;
use crate::env::digest;

const INDEX: [&str; 2] = ["index", "corpus"];

/// A changed digest, and a head with this many replaced versions, of a time in milliseconds.
fn worn(versions: u64, at: u64) -> Case {
    let case = Case::indexed();
    case.env.write("corpus/t/2026-01-01.md", digest(1, "changed"));
    let versions: Vec<u64> = (1 << 40..(1 << 40) + versions).collect();
    let mut state = case.stub.state();
    let head = &mut state.fake.documents.get_mut("/news/_doc/head").unwrap().1;
    head["superseded"] = json!([{ "at": at, "versions": versions, "generation": 1 }]);
    drop(state);
    case
}

fn superseded(case: &Case) -> usize {
    let head = case.stub.state().fake.documents["/news/_doc/head"].1.clone();
    let all = head["superseded"].as_array().unwrap().iter();
    all.map(|superseded| superseded["versions"].as_array().map_or(0, Vec::len)).sum()
}

fn total(case: &Case) -> Value {
    serde_json::from_str::<Value>(&case.succeeds(&["count", "--format", "json"]).stdout).unwrap()["total_entries"]
        .clone()
}

#[test]
fn an_index_with_many_replaced_versions_is_rebuilt() {
    let case = worn(999, START);
    let run = case.succeeds(&INDEX);
    assert!(run.stderr.contains("rebuilt the index: many digests were replaced"), "{}", run.stderr);
    assert!(run.stdout.contains("1 changed"), "{}", run.stdout);
    assert_eq!((superseded(&case), total(&case)), (0, json!(5)));
}

#[test]
fn an_index_with_fewer_replaced_versions_is_updated() {
    let case = worn(998, START);
    let run = case.succeeds(&INDEX);
    assert!(!run.stderr.contains("rebuilt"), "{}", run.stderr);
    assert_eq!((superseded(&case), total(&case)), (1_000, json!(5)));
}

#[test]
fn versions_that_this_run_deletes_do_not_count() {
    let case = worn(2_000, 1);
    assert!(!case.succeeds(&INDEX).stderr.contains("rebuilt"));
    assert_eq!((superseded(&case), total(&case)), (2, json!(5)));
}

#[test]
fn more_versions_than_one_list_has_are_excluded() {
    let case = worn(120_000, START);
    assert_eq!(total(&case), json!(5));
    case.stub.state().fake.sent.values_mut().for_each(|documents| {
        documents.values_mut().next().unwrap()["version"] = json!((1_u64 << 40) + 119_999);
    });
    case.fails(&["count"], &["does not have all entries of the last commit"]);
}
