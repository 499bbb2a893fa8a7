//! Indices that are not what the head names: the next run says so and rebuilds them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::case::{Case, flat};
use super::fake::Fake;
use super::stub::Act;

const INDEX: [&str; 2] = ["index", "corpus"];
const HEAD: &str = "/news/_doc/head";

/// Harms an index, runs `index`, which must say these texts, and compares the answer with that of a whole index.
fn is_rebuilt(harm: fn(&mut Fake), texts: &[&str]) {
    let case = Case::indexed();
    harm(&mut case.stub.state().fake);
    let run = case.succeeds(&INDEX);
    let text = flat(&run.stderr);
    for expected in texts.iter().chain(&["rebuilt the index: the index was damaged"]) {
        assert!(text.contains(expected), "no `{expected}` in {text}");
    }
    let count = case.succeeds(&["count", "--format", "json"]).stdout;
    assert_eq!(serde_json::from_str::<Value>(&count).unwrap()["total_entries"], 5);
    assert!(case.succeeds(&INDEX).stdout.contains("nothing to write"));
}

fn index<'a>(fake: &'a mut Fake, kind: &str) -> &'a mut BTreeMap<String, Value> {
    fake.sent.iter_mut().find(|(name, _)| name.contains(kind)).unwrap().1
}

#[test]
fn entries_that_are_missing_are_rebuilt() {
    is_rebuilt(|fake| drop(index(fake, "-entries-").pop_last()), &["has 4 of the 5 documents of the last commit"]);
}

#[test]
fn files_that_are_missing_are_rebuilt() {
    is_rebuilt(|fake| drop(index(fake, "-digests-").pop_last()), &["has 0 of the 1 documents of the last commit"]);
}

#[test]
fn indices_that_are_missing_are_rebuilt() {
    for kind in ["-entries-", "-digests-"] {
        let case = Case::indexed();
        case.stub.state().fake.sent.retain(|name, _| !name.contains(kind));
        let text = flat(&case.succeeds(&INDEX).stderr);
        assert!(text.contains("an index of the last commit is missing: no such index"), "{text}");
        assert!(text.contains("rebuilt the index: the index was damaged"), "{text}");
        case.succeeds(&["count"]);
    }
}

#[test]
fn an_index_with_other_entries_is_rebuilt() {
    let exchange = |fake: &mut Fake| index(fake, "-entries-").values_mut().next().unwrap()["check"] = json!(1);
    is_rebuilt(exchange, &["has other documents than the last commit"]);
}

#[test]
fn a_head_from_an_old_copy_is_rebuilt() {
    let later = |fake: &mut Fake| {
        let mut late = index(fake, "-entries-").values().next().unwrap().clone();
        late["since"] = json!(7);
        index(fake, "-entries-").insert("late".into(), late);
    };
    is_rebuilt(later, &["has documents of later runs than the head"]);
}

#[test]
fn a_lost_head_is_rebuilt_and_its_indices_are_noted() {
    is_rebuilt(|fake| drop(fake.documents.remove(HEAD)), &["the head, which names the last commit, is missing"]);
    let case = Case::indexed();
    let before = case.stub.state().fake.documents.remove(HEAD).unwrap().1["stamp"].clone();
    case.succeeds(&INDEX);
    assert_eq!(case.stub.state().fake.documents[HEAD].1["replaced"][0]["stamp"], before);
}

#[test]
fn an_index_that_lags_is_not_rebuilt() {
    let case = Case::changed();
    case.stub
        .on("_msearch", [Act::Edited("\"value\":5,", "\"value\":4,"), Act::Edited("\"value\":5,", "\"value\":4,")]);
    let run = case.succeeds(&INDEX);
    assert!(!run.stderr.contains("rebuilt"), "{}", run.stderr);
}
