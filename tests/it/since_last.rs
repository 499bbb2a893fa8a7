//! `--since-last`: entries new since the last run with a name.

use std::fs;
use std::process::Stdio;

use crate::env::{Run, TestEnv, digest};

fn ids(run: &Run) -> Vec<String> {
    run.stdout.lines().map(str::to_owned).collect()
}

fn news(env: &TestEnv, args: &[&str]) -> Run {
    env.run(
        &[&["query", "--kind", "bullet", "--sort", "oldest", "--since-last", "mail", "--format", "ids"], args].concat(),
    )
}

fn indexed(days: u32) -> TestEnv {
    let env = TestEnv::with_digests(days);
    env.ok(&["index", "corpus"]);
    env
}

#[test]
fn each_entry_is_new_once() {
    let env = indexed(2);
    let first = news(&env, &["plain"]);
    assert_eq!((first.code, first.stdout.as_str()), (1, ""));
    assert!(first.stderr.contains("this is the first run named"), "{}", first.stderr);
    assert_eq!((news(&env, &["plain"]).code, news(&env, &["plain"]).stderr.as_str()), (1, ""));
    env.write("corpus/t/2026-01-03.md", digest(3, "plain"));
    let run = news(&env, &["plain", "--refresh"]);
    assert_eq!((run.code, ids(&run)), (0, vec!["t/2026-01-03#here.1".to_owned(), "t/2026-01-03#there.1".to_owned()]));
    assert_eq!(news(&env, &["plain"]).code, 1, "once");
    // Entries that did not match count as seen, too.
    assert_eq!(news(&env, &[]).code, 1);
}

#[test]
fn only_new_texts_are_new() {
    let env = indexed(2);
    news(&env, &[]);
    // A bullet before the others: their ids change, their texts do not.
    let text = digest(1, "plain").replace("- Bullet plain here", "- First of all.\n- Bullet plain here");
    env.write("corpus/t/2026-01-01.md", &text);
    env.ok(&["index"]);
    assert_eq!(ids(&news(&env, &[])), ["t/2026-01-01#here.1"]);
    env.ok(&["index", "--rebuild"]);
    assert_eq!(news(&env, &[]).code, 1, "a rebuild adds nothing new");
    env.remove("corpus/t/2026-01-01.md");
    env.ok(&["index"]);
    assert_eq!(news(&env, &[]).code, 1);
    env.write("corpus/t/2026-01-01.md", &text);
    env.ok(&["index"]);
    assert_eq!(news(&env, &[]).code, 1, "a restored digest is not new");
    env.write("corpus/t/2026-01-01.md", text.replace("First of all", "In the first place"));
    env.ok(&["index"]);
    assert_eq!(ids(&news(&env, &[])), ["t/2026-01-01#here.1"]);
}

#[test]
fn all_new_entries_are_shown_without_a_limit() {
    let env = indexed(1);
    let args = ["query", "--kind", "title", "--since-last", "all", "--format", "ids"];
    env.run(&args);
    for day in 2..=20 {
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, "plain"));
    }
    env.ok(&["index"]);
    assert_eq!(env.ok(&args).lines().count(), 38, "more than the ten of other queries");
    env.write("corpus/t/2026-01-21.md", digest(21, "plain"));
    env.ok(&["index"]);
    let run = env.run(&[&args[..], &["--limit", "1"]].concat());
    assert!(run.stderr.contains("1 more new entries are not shown"), "{}", run.stderr);
}

#[test]
fn entries_that_could_not_be_written_are_new_again() {
    let env = indexed(1);
    news(&env, &[]);
    env.write("corpus/t/2026-01-02.md", digest(2, "plain"));
    env.ok(&["index"]);
    let args = ["query", "--since-last", "mail", "--kind", "bullet"];
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    assert_eq!(env.command(&args).stdout(full).output().unwrap().status.code(), Some(2));
    let mut closed = env.command(&args).stdout(Stdio::piped()).spawn().unwrap();
    drop(closed.stdout.take());
    closed.wait().unwrap();
    assert_eq!(news(&env, &["plain", "--fields", "nope"]).code, 2);
    assert_eq!(news(&env, &["\"open"]).code, 2);
    assert_eq!(ids(&news(&env, &[])).len(), 2);
}

#[test]
fn a_lost_state_is_reported_and_nothing_is_shown() {
    let env = indexed(1);
    news(&env, &[]);
    env.write("corpus/t/2026-01-02.md", digest(2, "plain"));
    env.ok(&["index"]);
    fs::write(env.path("index/since-last/mail.ledger"), "rubbish").unwrap();
    let run = news(&env, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("is damaged"), "{}", run.stderr);
    env.write("corpus/t/2026-01-03.md", digest(3, "plain"));
    env.ok(&["index"]);
    assert_eq!(ids(&news(&env, &[])).len(), 2);
    let json = env.json(&["query", "--since-last", "other"]);
    assert!(json["notes"][0].as_str().unwrap().contains("this is the first run named `other`"), "{}", json["notes"]);
}

/// A ledger as written by earlier versions, without the version of the analysis.
fn earlier_ledger(corpus: &str, contents: &[u64]) -> Vec<u8> {
    let mut bytes = format!("digest-search ledger 1\n{corpus}\n").into_bytes();
    bytes.extend(contents.iter().flat_map(|content| content.to_le_bytes()));
    let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
    bytes.extend(hash.to_le_bytes());
    bytes
}

#[test]
fn an_upgrade_does_not_report_old_entries_as_new() {
    let env = indexed(2);
    news(&env, &[]);
    let corpus = env.path("corpus").canonicalize().unwrap();
    fs::write(env.path("index/since-last/mail.ledger"), earlier_ledger(corpus.to_str().unwrap(), &[1, 2])).unwrap();
    let run = news(&env, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("`mail` was recorded by another version of digest-search"), "{}", run.stderr);
    assert_eq!((news(&env, &[]).code, news(&env, &[]).stderr.as_str()), (1, ""), "reported once");
    env.write("corpus/t/2026-01-03.md", digest(3, "plain"));
    env.ok(&["index"]);
    assert_eq!(ids(&news(&env, &[])).len(), 2);
    // The digests are still known.
    fs::write(env.path("index/since-last/mail.ledger"), earlier_ledger("/elsewhere", &[])).unwrap();
    assert!(news(&env, &[]).stderr.contains("in use for the corpus /elsewhere"));
}

#[test]
fn the_state_can_be_kept_elsewhere() {
    let env = indexed(1);
    let args = ["--state", "state/of/mine"];
    news(&env, &args);
    fs::remove_dir_all(env.path("index")).unwrap();
    env.write("corpus/t/2026-01-02.md", digest(2, "plain"));
    env.ok(&["index", "corpus"]);
    assert_eq!(ids(&news(&env, &args)).len(), 2, "it outlives the index");
    env.write("other/t/x.md", digest(3, "other"));
    env.ok(&["--index", "more", "index", "other"]);
    let error = env.fails(&[&["--index", "more", "query", "--since-last", "mail"], &args[..]].concat());
    assert!(error.contains("is in use for the corpus") && error.contains("another name"), "{error}");
    assert!(env.fails(&["query", "--since-last", "a/b"]).contains("invalid name"));
    assert!(env.fails(&["query", "--since-last", "x", "--state", "corpus/t/2026-01-01.md"]).contains("--state"));
    assert!(env.fails(&["query", "--state", "x"]).contains("--since-last"));
}
