//! Leftovers of killed runs: `check` lists them, and the next run of `index` removes them, even if it writes nothing else.

use std::fs::{self, File};

use crate::env::{TestEnv, digest};
use crate::schemas;

const SEGMENT: &str = "0123456789abcdef0123456789abcdef";

/// Files as left by a run that was killed or ran out of disk space.
fn leave(env: &TestEnv) -> Vec<String> {
    let files = [
        ".CURRENT.new",
        "g1/commit-99",
        "g1/.meta.json.new",
        "g1/.sums.new",
        "g1/.tmpAbCdEf",
        "g1/.tantivy-writer.lock",
        &format!("g1/{SEGMENT}.store"),
        &format!("g1/{SEGMENT}.store.temp"),
        &format!("g1/{SEGMENT}.7.del"),
    ];
    files.iter().for_each(|name| env.write(&format!("index/{name}"), "part of it"));
    env.write("index/.g4.removed/READERS", "");
    env.write("index/g7/READERS", "");
    env.write("index/g7/meta.json", "{");
    files.iter().map(|name| (*name).to_owned()).chain([".g4.removed".to_owned(), "g7".to_owned()]).collect()
}

fn named(env: &TestEnv) -> Vec<String> {
    let answer = env.json(&["check", "--index-only"]);
    schemas::check("check", &answer.to_string());
    let findings = answer["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "left-over");
    findings.map(|finding| finding["path"].as_str().unwrap().trim_start_matches("./index/").to_owned()).collect()
}

#[test]
fn check_lists_leftovers_and_any_run_removes_them() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.snapshot("index");
    // Foreign files are kept.
    env.write("index/g1/notes.txt", "mine");
    assert_eq!(named(&env), [""; 0]);
    let mut left = leave(&env);
    left.sort();
    let mut found = named(&env);
    found.sort();
    assert_eq!(found, left);
    assert_eq!(env.run(&["check", "--index-only"]).code, 1);
    let text = env.run(&["check", "--index-only"]).stdout;
    assert!(text.contains("left-over: left over from a killed") && text.contains("hint: run `digest-search index`"));
    // Readers remove nothing.
    for args in [&["query", "plain"][..], &["index", "--dry-run"], &["status"]] {
        env.ok(args);
        assert_eq!(named(&env).len(), left.len(), "{args:?}");
    }
    let run = env.json(&["index"]);
    assert_eq!((&run["wrote"], &run["unchanged"]), (&false.into(), &3.into()), "{run}");
    assert_eq!(named(&env), [""; 0]);
    env.remove("index/g1/notes.txt");
    let names = |files: Vec<(std::path::PathBuf, Vec<u8>)>| files.into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(names(env.snapshot("index")), names(before), "nothing more, and nothing less");
    assert_eq!(env.run(&["check", "--index-only"]).code, 0);
}

#[test]
fn needed_files_are_not_leftovers() {
    let env = TestEnv::with_digests(6);
    env.ok(&["index", "corpus"]);
    for day in 1..=5 {
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, "edited"));
        env.ok(&["index"]);
        assert_eq!(named(&env), [""; 0]);
        env.ok(&["query", "--verify"]);
    }
    // With a damaged `meta.json`, the needed files are unknown.
    let meta = fs::read(env.path("index/g1/meta.json")).unwrap();
    env.write(&format!("index/g1/{SEGMENT}.store"), "left");
    env.write("index/g1/meta.json", [&meta[..], b" "].concat());
    assert_eq!(named(&env), [""; 0]);
    assert!(env.fails(&["index", "nowhere"]).contains("nowhere"));
    assert!(env.path(&format!("index/g1/{SEGMENT}.store")).exists());
}

#[test]
fn nothing_is_a_leftover_during_a_run() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    leave(&env);
    let lock = File::options().write(true).open(env.path("index/LOCK")).unwrap();
    lock.lock().unwrap();
    assert_eq!(named(&env), [""; 0], "these are its files");
    assert!(env.fails(&["index"]).contains("is being written by process"));
    lock.set_len(0).unwrap();
    assert!(env.fails(&["index"]).contains("is being written by another process"), "one that could not say who it is");
    drop(lock);
    assert!(!named(&env).is_empty());
}

#[test]
fn a_generation_in_use_is_not_a_leftover() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let reader = File::open(env.path("index/g1/READERS")).unwrap();
    reader.lock_shared().unwrap();
    env.ok(&["index", "--rebuild"]);
    assert!(env.path("index/g1").exists());
    assert_eq!(named(&env), [""; 0], "somebody reads it");
    drop(reader);
    assert_eq!(named(&env), ["g1"]);
    env.ok(&["index"]);
    assert!(!env.path("index/g1").exists());
}
