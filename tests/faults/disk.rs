//! A full disk, simulated by a limit of file sizes.

#![cfg(unix)]

use std::fs;
use std::process::{Command, Output};

use crate::env::{Run, TestEnv, digest};
use crate::scene::{Scene, Set, fresh};
use crate::times;

/// A run with a limit of file sizes, in blocks of 512 bytes.
fn limited(env: &TestEnv, args: &[&str], blocks: usize) -> Output {
    // The signal is ignored, so that the write fails.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let program = env.command(args);
    let mut shell = Command::new("/bin/sh");
    shell.current_dir(env.path("")).env_clear().arg("-c").arg(script).arg("sh").arg(program.get_program());
    shell.args(program.get_args()).output().unwrap()
}

#[test]
fn first_runs_that_fail_do_not_pile_up() {
    let env = TestEnv::with_digests(20);
    let generations = || {
        let names = fs::read_dir(env.path("index")).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().contains('g')).count()
    };
    for blocks in [0, 1, 2, 4, 8] {
        assert_eq!(limited(&env, &["index"], blocks).status.code(), Some(2), "{blocks} blocks");
        assert!(generations() <= 1, "{blocks} blocks");
        // A failed run does not set the corpus of an index.
        env.write("other/a.md", digest(9, "other"));
        assert_eq!(limited(&env, &["index", "other", "--dry-run"], 100).status.code(), Some(0), "{blocks} blocks");
    }
    env.ok(&["index"]);
    assert_eq!(generations(), 1);
}

/// An index whose segments are merged by the next commit, into files larger than any of theirs.
fn about_to_merge() -> TestEnv {
    let env = TestEnv::new();
    let words: String = (0..400).map(|n| format!("word{n} ")).collect();
    for day in 1..=8 {
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &words.replace("word", &format!("w{day}x"))));
        if day < 8 {
            env.ok(&["index", "corpus"]);
        }
    }
    env
}

/// Replaces a folder by a copy of another.
fn put(env: &TestEnv, from: &str, to: &str) {
    let _ = fs::remove_dir_all(env.path(to));
    assert!(Command::new("cp").arg("-r").args([env.path(from), env.path(to)]).status().unwrap().success());
}

#[test]
fn a_merge_without_space_is_reported_and_retried() {
    let env = about_to_merge();
    put(&env, "index", "before");
    let entries = fresh(&env);
    let mut failed = 0;
    for blocks in (8..80).step_by(4) {
        put(&env, "before", "index");
        let run = Run::from(limited(&env, &["index"], blocks));
        if !run.stderr.contains("cannot merge segments") {
            continue;
        }
        failed += 1;
        assert_eq!(run.code, 0, "{blocks} blocks: what has changed is indexed: {run:?}");
        assert!(run.stderr.contains("File too large"), "{blocks} blocks: {run:?}");
        assert_eq!(env.entries(), entries, "{blocks} blocks");
        let check = env.run(&["check", "--index-only"]);
        assert_eq!(check.code, 0, "{blocks} blocks: nothing is left behind: {check:?}");
        let segments = || fs::read_to_string(env.path("index/g1/meta.json")).unwrap().matches("segment_id").count();
        let before = segments();
        assert!(before >= 8, "{blocks} blocks: {before}");
        env.write("corpus/t/2026-01-09.md", digest(9, "next"));
        env.ok(&["index"]);
        assert!(segments() < before, "{blocks} blocks: {} of {before}", segments());
        env.remove("corpus/t/2026-01-09.md");
    }
    assert!(failed > 0, "no merge failed");
    eprintln!("{failed} merges without place");
}

#[test]
fn a_full_disk_is_reported_and_loses_nothing() {
    for scene in Scene::ALL {
        let mut refused = 0;
        for step in 0..times(4) {
            let set = Set::new(scene);
            let blocks = step % 24;
            let run = limited(&set.env, scene.args(), blocks);
            let error = String::from_utf8_lossy(&run.stderr);
            match run.status.code() {
                Some(0) => {}
                Some(2) => {
                    assert!(error.starts_with("error: ") && error.contains("hint: "), "{blocks} blocks: {error}");
                    refused += 1;
                }
                other => panic!("{scene:?}, {blocks} blocks: {other:?} {error}"),
            }
            set.check(&format!("no file over {blocks} blocks"), run.status.success());
        }
        eprintln!("{scene:?}: {} runs with a full disk, {refused} of them refused", times(4));
        assert!(refused > 0);
    }
}
