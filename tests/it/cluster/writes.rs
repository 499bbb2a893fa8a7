//! Runs of `index` whose requests are refused, lost or answered wrongly: they end right, or say why not.

use serde_json::{Value, json};

use super::case::Case;
use super::fake::Fake;
use super::stub::Act;
use crate::env::digest;

const INDEX: [&str; 2] = ["index", "corpus"];
const HEAD: &str = "/news/_doc/head";

/// The head of a case.
fn head(case: &Case) -> Value {
    case.stub.state().fake.documents[HEAD].1.clone()
}

/// A document that was written once more.
fn rewrite(fake: &mut Fake, path: &str, edit: impl FnOnce(&mut Value)) {
    let (number, document) = fake.documents.get_mut(path).unwrap();
    *number += 1_000;
    edit(document);
}

fn blocked(status: u16, reason: &str) -> Act {
    let error = json!({ "type": "cluster_block_exception", "reason": format!("index [news] blocked by: [{reason}];") });
    Act::Answer(status, json!({ "error": error, "status": status }).to_string())
}

#[test]
fn a_proxy_that_refuses_large_requests_is_named() {
    let case = Case::changed();
    case.stub.on("POST _bulk", [Act::Answer(413, "<html>413 Request Entity Too Large</html>".into())]);
    case.fails(&INDEX, &["too large for a proxy", "client_max_body_size"]);
    case.succeeds(&INDEX);
}

#[test]
fn blocks_end_a_run_and_name_the_remedy() {
    for (status, reason, text, remedy) in [
        (403, "FORBIDDEN/5/index read-only (api)", "the index is read-only", "index.blocks.read_only"),
        (
            429,
            "TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block",
            "the disk of a node is nearly full",
            "free disk space",
        ),
        (403, "FORBIDDEN/8/index write (api)", "index write (api)", "remove the block"),
    ] {
        for what in ["PUT _doc/head", "POST _bulk", "PUT _doc/lock", "PUT _doc/head if_seq_no"] {
            let case = Case::changed();
            let before = head(&case);
            // Of two changes of the head, the second is the commit.
            let skipped = usize::from(what.ends_with("if_seq_no"));
            case.stub.on(what, vec![Act::Usual; skipped]).on(what, [blocked(status, reason)]);
            case.fails(&INDEX, &[text, remedy]);
            assert_eq!(head(&case)["generation"], before["generation"]);
            case.succeeds(&INDEX);
        }
    }
    let case = Case::changed();
    case.stub.on("PUT _doc/head", [blocked(503, "SERVICE_UNAVAILABLE/2/no cluster-manager")]);
    case.succeeds(&INDEX);
}

#[test]
fn documents_are_sent_until_the_cluster_has_them() {
    let case = Case::changed();
    let full = json!({ "type": "rejected_execution_exception", "reason": "too many operations" });
    let refused = json!({ "errors": true, "items": [{ "index": { "status": 429, "error": full } }] });
    case.stub.on(
        "POST _bulk",
        [
            Act::Answer(200, json!({ "errors": false, "items": [] }).to_string()),
            Act::Answer(200, refused.to_string()),
            Act::With(429, "retry-after: 60", refused["items"][0]["index"].to_string()),
            Act::Edited(
                r#""errors":false,"items":[{"index":{"status":200}}"#,
                r#""errors":true,"items":[{"index":{"status":429,"error":{"type":"x"}}}"#,
            ),
            Act::Edited(
                r#""errors":false,"items":[{"index":{"status":200}}"#,
                r#""errors":true,"items":[{"index":{"status":404,"error":{"type":"index_not_found_exception"}}}"#,
            ),
            Act::Lost,
            Act::Raw("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"errors\":false".into()),
        ],
    );
    case.succeeds(&INDEX);
    case.succeeds(&["count"]);
    assert_eq!(head(&case)["entries"]["count"], 10);
}

#[test]
fn a_busy_cluster_gets_smaller_batches() {
    let case = Case::new(12);
    for day in 1..=12 {
        let words: String = (0..9_000).map(|n| format!("word{n} ")).collect();
        case.env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &words));
    }
    case.stub.on("POST _bulk", [Act::Answer(429, "{}".into())]);
    case.succeeds(&INDEX);
    let received = std::mem::take(&mut case.stub.state().received);
    let batches = received.iter().filter(|request| request.line.contains("_bulk"));
    let length = |headers: &str| headers.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let sizes: Vec<usize> = batches.filter_map(|request| length(&request.headers)).collect();
    assert!(sizes[0] > 5 << 20 && sizes[0] < 6 << 20, "{sizes:?}");
    assert!(sizes.len() > 3 && sizes[1..].iter().all(|size| *size < 7 << 19), "{sizes:?}");
}

#[test]
fn a_lost_answer_to_a_commit_is_settled() {
    // The requests for the head: the attempt, the commit, the end.
    let case = Case::changed();
    case.stub.on("PUT _doc/head", [Act::Lost, Act::Lost, Act::Lost]);
    case.succeeds(&INDEX);
    assert_eq!((&head(&case)["generation"], &head(&case)["open"]), (&json!(2), &json!([])));
    case.succeeds(&["count"]);
}

#[test]
fn a_commit_that_a_later_attempt_has_seen_is_kept() {
    let case = Case::changed();
    case.stub.on("PUT _doc/head", [Act::Usual, Act::Lost]).then(|fake| {
        rewrite(fake, HEAD, |head| {
            head["last_attempt"] = json!(3);
            head["open"] = json!([{ "attempt": 3, "run": "other", "stamp": null }]);
        });
    });
    case.succeeds(&INDEX);
    let head = head(&case);
    assert_eq!(
        (&head["generation"], &head["last_attempt"], &head["open"][0]["run"]),
        (&json!(2), &json!(3), &json!("other"))
    );
}

#[test]
fn a_commit_that_came_too_late_is_a_conflict() {
    let case = Case::changed();
    let abort = |fake: &mut Fake| {
        rewrite(fake, HEAD, |head| {
            head["last_attempt"] = json!(3);
            head["generation"] = json!(3);
            head["aborted"] = json!([2]);
        });
    };
    // Another run begins while this one sends its documents.
    // The first refresh is that of the start.
    case.stub.on("POST _refresh", [Act::Usual, Act::Lost]).then(abort);
    case.fails(&INDEX, &["another run writes the index; nothing was committed", "run `digest-search index` again"]);
    assert_eq!(head(&case)["generation"], 3);
}

#[test]
fn a_commit_without_any_answer_is_unknown() {
    let case = Case::changed();
    case.stub.on("PUT _doc/head", [Act::Usual].into_iter().chain(vec![Act::Raw(String::new()); 200]));
    case.fails(&INDEX, &["it is unknown whether the changes were committed", "run `digest-search index` again"]);
}

#[test]
fn a_commit_that_is_refused_without_a_reason_has_a_limit() {
    let case = Case::changed();
    case.stub.on("PUT _doc/head", [Act::Usual].into_iter().chain(vec![Act::Answer(409, "{}".into()); 200]));
    case.fails(&INDEX, &["it is unknown whether the changes were committed", "refuses each change of the head"]);
}

#[test]
fn a_plan_is_not_carried_out_on_another_commit() {
    let case = Case::changed();
    // The lock was taken, the last commit is read; meanwhile another run commits.
    case.stub.on("GET catalog@1", [Act::Lost]).then(|fake| rewrite(fake, HEAD, |head| head["generation"] = json!(5)));
    case.fails(&INDEX, &["another run writes the index; nothing was committed"]);
    assert_eq!((head(&case)["generation"].clone(), case.stub.count("_bulk")), (json!(5), 0));
}
