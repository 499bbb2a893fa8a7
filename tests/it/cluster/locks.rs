//! Locks of other runs: they are named, and waited for while their owners may have been killed.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::case::{Case, flat};
use super::stub::Act;
use crate::env::Run;

const INDEX: [&str; 2] = ["index", "corpus"];
const LOCK: &str = "/news/_doc/lock";

/// A changed digest, and a lock of another run.
fn locked() -> Case {
    let case = Case::changed();
    let owner = json!({ "pid": 42, "host": "elsewhere", "since": "2026-01-01 00:00:00" });
    let lock = json!({ "run": "other", "owner": owner, "renewals": 1 });
    case.stub.state().fake.documents.insert(LOCK.to_owned(), (7, lock));
    case
}

/// What is said of a wait.
const WAITING: &str = "note: the index is locked by process 42 on elsewhere, since 2026-01-01 00:00:00; waiting for";

#[test]
fn a_lock_of_another_run_is_named() {
    let case = locked();
    case.stub.on("GET _doc/lock", [Act::Usual, Act::Edited("\"_seq_no\":7", "\"_seq_no\":8")]);
    case.fails(&INDEX, &["is being written by process 42 on elsewhere", "try again"]);
    assert_eq!((case.stub.count("PUT _doc/head"), case.stub.count("_bulk")), (0, 0));
}

#[test]
fn a_wait_for_another_run_is_announced_once() {
    for (args, notes) in [(&INDEX[..], 1), (&["index", "--quiet", "corpus"], 0)] {
        let case = locked();
        let renewed = Act::Edited("\"_seq_no\":7", "\"_seq_no\":8");
        case.stub.on("GET _doc/lock", vec![Act::Usual; 5].into_iter().chain([renewed]));
        let run: Run = case.command(args).output().unwrap().into();
        let text = flat(&run.stderr);
        assert_eq!((run.code, text.matches(WAITING).count()), (2, notes), "{text}");
        assert!(text.contains("is being written by process 42"), "{text}");
    }
}

#[test]
fn a_wait_ends_with_the_other_run() {
    let case = locked();
    case.stub.on("GET _doc/lock", [Act::Usual, Act::Usual, Act::Usual, Act::Lost]).then(|fake| {
        fake.documents.remove(LOCK);
    });
    let run = case.succeeds(&INDEX);
    assert!(flat(&run.stderr).contains(WAITING), "{}", run.stderr);
    assert!(run.stdout.contains("1 added"), "{}", run.stdout);
}

#[test]
fn a_wait_can_be_interrupted() {
    let case = locked();
    let waiting = case.command(&INDEX).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while case.stub.count("GET _doc/lock") < 2 {
        thread::sleep(Duration::from_millis(20));
    }
    assert!(Command::new("kill").arg(waiting.id().to_string()).status().unwrap().success());
    let run: Run = waiting.wait_with_output().unwrap().into();
    assert!(run.code == 2 && flat(&run.stderr).contains("interrupted; nothing was changed"), "{run:?}");
}
