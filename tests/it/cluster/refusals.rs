//! Digests with entries that the cluster refuses: their last versions stay, everything else is committed.

use serde_json::{Value, json};

use super::case::{Case, flat, run};
use crate::env::{Run, digest};

const INDEX: [&str; 2] = ["index", "corpus"];

/// Runs `index` with a digest that is refused; the digest of another day is new.
fn refuse(case: &Case, args: &[&str], name: &str) -> Run {
    case.stub.state().fake.refused = Some("poison");
    let run = run(&mut case.command(args));
    assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
    let text = flat(&run.stderr);
    for expected in [name, "the cluster refuses it: failed to parse [date]", "all other changes are indexed"] {
        assert!(text.contains(expected), "no `{expected}` in {text}");
    }
    run
}

/// The head of the index, and the words of the entries that questions count.
fn head(case: &Case) -> Value {
    case.stub.state().fake.documents["/news/_doc/head"].1.clone()
}

fn total(case: &Case) -> u64 {
    let run = case.succeeds(&["count", "--format", "json"]);
    serde_json::from_str::<Value>(&run.stdout).unwrap()["total_entries"].as_u64().unwrap()
}

#[test]
fn a_refused_version_of_a_digest_leaves_the_last_one() {
    let case = Case::changed();
    case.env.write("corpus/t/2026-01-01.md", digest(1, "poison"));
    let run = refuse(&case, &INDEX, "t/2026-01-01.md");
    assert!(run.stderr.contains("its last indexed content is kept"), "{}", run.stderr);
    assert!(run.stdout.contains("2 digests; 1 added, 1 unchanged"), "{}", run.stdout);
    assert_eq!((&head(&case)["generation"], &head(&case)["entries"]["count"]), (&json!(2), &json!(10)));
    assert_eq!(total(&case), 10);
    // A run that still fails changes nothing but its own version, and says so again.
    let again = refuse(&case, &INDEX, "t/2026-01-01.md");
    assert!(again.stdout.contains("2 digests; 2 unchanged"), "{}", again.stdout);
    assert_eq!((&head(&case)["generation"], total(&case)), (&json!(3), 10));
    case.stub.state().fake.refused = None;
    let mended = case.succeeds(&INDEX);
    assert!(mended.stdout.contains("2 digests; 1 changed, 1 unchanged"), "{}", mended.stdout);
    assert_eq!((&head(&case)["entries"]["count"], total(&case)), (&json!(10), 10));
    assert!(case.succeeds(&INDEX).stdout.contains("nothing to write"));
}

#[test]
fn a_new_digest_that_is_refused_is_skipped() {
    let case = Case::changed();
    case.env.write("corpus/t/2026-01-03.md", digest(3, "poison"));
    let run = refuse(&case, &INDEX, "t/2026-01-03.md");
    assert!(run.stdout.contains("2 digests; 1 added, 1 unchanged; skipped 1 file"), "{}", run.stdout);
    assert_eq!(total(&case), 10);
    case.stub.state().fake.refused = None;
    assert!(case.succeeds(&INDEX).stdout.contains("3 digests; 1 added, 2 unchanged"));
    assert_eq!(total(&case), 15);
}

#[test]
fn a_first_run_goes_without_a_refused_digest() {
    let case = Case::new(2);
    case.env.write("corpus/t/2026-01-03.md", digest(3, "poison"));
    let run = refuse(&case, &["index", "corpus", "--format", "json"], "t/2026-01-03.md");
    let error: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(error["error"]["code"], "refused", "{error}");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&report["digests"], &report["skipped"], &report["wrote"]), (&json!(2), &json!(1), &json!(true)));
    assert_eq!(report["warnings"][0]["path"], "t/2026-01-03.md", "{report}");
    assert_eq!(total(&case), 10);
}

#[test]
fn a_rebuild_goes_without_a_refused_digest() {
    let case = Case::changed();
    case.succeeds(&INDEX);
    case.env.write("corpus/t/2026-01-01.md", digest(1, "poison"));
    let run = refuse(&case, &["index", "--rebuild", "corpus"], "t/2026-01-01.md");
    assert!(run.stdout.contains("1 digest; 1 removed, 1 unchanged; skipped 1 file"), "{}", run.stdout);
    assert_eq!(total(&case), 5);
    case.stub.state().fake.refused = None;
    case.succeeds(&INDEX);
    assert_eq!(total(&case), 10);
}

#[test]
fn a_strict_run_commits_nothing_where_a_digest_is_refused() {
    let case = Case::changed();
    case.env.write("corpus/t/2026-01-01.md", digest(1, "poison"));
    case.stub.state().fake.refused = Some("poison");
    case.fails(&["index", "--strict", "corpus"], &["1 digest would be skipped", "failed to parse [date]"]);
    assert_eq!((&head(&case)["generation"], total(&case)), (&json!(1), 5));
}

#[test]
fn a_refused_list_of_files_ends_a_run() {
    let case = Case::changed();
    // The list has paths and hashes as encoded bytes, and nothing else that a file could make invalid.
    case.stub.state().fake.refused = Some("\"file\"");
    case.fails(&INDEX, &["the cluster refuses a document: failed to parse [date]", "digest-search index --rebuild"]);
    assert_eq!(head(&case)["generation"], 1);
}
