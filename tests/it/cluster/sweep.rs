//! The sweep: what commits replaced is deleted after 15 minutes, and at once what interrupted runs left.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use digest_search::query::Selection;
use serde_json::{Value, json};

use super::case::Case;
use super::stub::Act;
use crate::env::digest;

const INDEX: [&str; 2] = ["index", "corpus"];
const HEAD: &str = "/news/_doc/head";

/// 16 minutes in milliseconds.
const LONG: u64 = 16 * 60_000;

fn head(case: &Case) -> Value {
    case.stub.state().fake.documents[HEAD].1.clone()
}

/// The names of indices, the number of their documents, and the catalogs.
fn contents(case: &Case) -> (usize, usize, Vec<String>) {
    let state = case.stub.state();
    let catalogs = state.fake.documents.keys().filter_map(|path| path.split_once("catalog@"));
    let documents = state.fake.sent.values().map(|documents| documents.len()).sum();
    (state.fake.sent.len(), documents, catalogs.map(|(_, number)| number.to_owned()).collect())
}

/// An index with a replaced digest.
fn replaced() -> Case {
    let case = Case::indexed();
    case.env.write("corpus/t/2026-01-01.md", digest(1, "changed"));
    case.succeeds(&INDEX);
    assert_eq!(contents(&case), (2, 12, vec!["1".to_owned(), "2".to_owned()]), "both versions, each with a file");
    case
}

/// Leaves what a killed attempt to rebuild, and its number, would.
fn abandon(case: &Case, is_first: bool) {
    let mut state = case.stub.state();
    for index in ["news-entries-9-0123abcd", "news-digests-9-0123abcd"] {
        state.fake.sent.entry(index.to_owned()).or_default().insert("x".into(), json!({ "since": 9, "version": 9 }));
    }
    state.fake.documents.insert("/news/_doc/catalog@9".to_owned(), (900, json!({})));
    let open = json!([{ "attempt": 9, "run": "killed", "stamp": "9-0123abcd" }]);
    let (number, head) = state.fake.documents.entry(HEAD.to_owned()).or_insert_with(|| {
        let none = json!({ "count": 0, "sum": 0 });
        let head = json!({ "format": 1, "generation": 0, "stamp": "", "run": "", "entries": none, "files": none,
            "aborted": [], "superseded": [], "replaced": [] });
        (0, head)
    });
    assert_eq!(head["generation"] == 0, is_first);
    *number += 1_000;
    head["last_attempt"] = json!(9);
    head["open"] = open;
}

#[test]
fn replaced_documents_are_deleted_by_any_run_after_15_minutes() {
    let case = replaced();
    case.succeeds(&INDEX);
    assert_eq!(contents(&case).1, 12, "too early");
    case.stub.state().fake.now += LONG;
    assert!(case.succeeds(&INDEX).stdout.contains("nothing to write"));
    assert_eq!(contents(&case), (2, 6, vec!["2".to_owned()]));
    let now = head(&case);
    assert_eq!((&now["generation"], &now["swept_through"], &now["superseded"]), (&json!(2), &json!(1), &json!([])));
    case.succeeds(&["count"]);
    case.stub.state().received.clear();
    case.succeeds(&INDEX);
    assert_eq!(case.stub.count("PUT _doc/head"), 0, "nothing is left to delete");
}

#[test]
fn readers_learn_of_a_deletion_before_it_begins() {
    let case = replaced();
    case.stub.state().fake.now += LONG;
    let error = json!({ "error": { "type": "security_exception", "reason": "no permissions" } }).to_string();
    case.stub.on("POST _bulk", [Act::Answer(403, error)]);
    let run = case.succeeds(&INDEX);
    assert!(run.stderr.contains("cannot delete what earlier runs left"), "{}", run.stderr);
    let now = head(&case);
    assert_eq!((&now["swept_through"], now["superseded"].as_array().map(Vec::len)), (&json!(1), Some(1)));
    case.succeeds(&INDEX);
    assert_eq!(contents(&case).1, 6);
}

#[test]
fn a_run_without_changes_deletes_what_an_aborted_one_left() {
    let case = Case::indexed();
    abandon(&case, false);
    case.stub.state().fake.sent.iter_mut().filter(|(name, _)| name.contains("-entries-1-")).for_each(|(_, entries)| {
        entries.insert("late".into(), json!({ "since": 9, "version": 99 }));
    });
    assert!(case.succeeds(&INDEX).stdout.contains("nothing to write"));
    assert_eq!(contents(&case), (2, 6, vec!["1".to_owned()]));
    assert_eq!((&head(&case)["aborted"], &head(&case)["open"]), (&json!([9]), &json!([])));
    case.succeeds(&["count"]);
}

#[test]
fn the_first_commit_deletes_what_an_aborted_first_run_left() {
    let case = Case::new(1);
    abandon(&case, true);
    case.succeeds(&INDEX);
    assert_eq!(contents(&case), (2, 6, vec!["10".to_owned()]));
    assert_eq!(head(&case)["replaced"], json!([]));
}

#[test]
fn a_killed_first_run_leaves_nothing_to_the_next() {
    let case = Case::new(1);
    case.stub.on("POST _bulk", [Act::Silent]);
    let mut killed = case.command(&INDEX).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while case.stub.count("POST _bulk") == 0 {
        thread::sleep(Duration::from_millis(20));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let stamp = head(&case)["open"][0]["stamp"].as_str().unwrap().to_owned();
    // Else it would be waited for.
    case.stub.state().fake.documents.remove("/news/_doc/lock");
    let deleted = format!("DELETE news-entries-{stamp}");
    case.fails(&["count"], &["no index in"]);
    case.succeeds(&INDEX);
    assert_eq!((case.stub.count(&deleted), contents(&case)), (1, (2, 6, vec!["2".to_owned()])));
}

#[test]
#[ignore = "takes a minute"]
fn a_reader_of_a_swept_commit_fails() {
    let case = Case::indexed();
    let reader = digest_search::index::open(case.stub.address().as_ref()).unwrap();
    let count = || reader.tally(&Selection::default(), &[]).map(|tally| tally.counts.entries);
    thread::sleep(Duration::from_secs(61));
    assert_eq!(count().unwrap(), 5, "it is the newest");
    case.stub.state().fake.documents.get_mut(HEAD).unwrap().1["swept_through"] = json!(1);
    assert!(count().unwrap_err().to_string().contains("was replaced more than 15 minutes ago"));
}
