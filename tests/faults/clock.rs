//! A wrong clock: before 1970, as after a reset, or far in the future. It affects the current day and the
//! detection of changed files only.

#![cfg(target_os = "linux")]

use crate::calls::library;
use crate::env::{Run, TestEnv, digest};

/// Offsets in days: to about 1915, about 1969, tomorrow, and 2300.
const DAYS: [i64; 4] = [-40_500, -20_800, 1, 100_000];

fn run(env: &TestEnv, days: i64, args: &[&str]) -> Run {
    let mut command = env.command(args);
    command.env("LD_PRELOAD", library("clock")).env("CLOCK_DAYS", days.to_string());
    command.output().unwrap().into()
}

#[test]
fn a_wrong_clock_does_not_change_answers() {
    let env = TestEnv::with_digests(4);
    env.ok(&["index", "corpus"]);
    let entries = env.entries();
    for first in DAYS {
        let env = TestEnv::with_digests(3);
        assert_eq!(run(&env, first, &["index", "corpus"]).code, 0, "{first}");
        env.write("corpus/t/2026-01-04.md", digest(4, "plain"));
        for next in DAYS.into_iter().chain([0]) {
            let indexed = run(&env, next, &["index"]);
            assert_eq!(indexed.code, 0, "{first} {next}: {indexed:?}");
            assert_eq!(env.entries(), entries, "{first} {next}");
            for args in [
                &["status"][..],
                &["query", "plain", "--refresh"],
                &["query", "--since-last", "mail"],
                &["count", "--by", "week"],
                &["trend"],
                &["check"],
            ] {
                let answer = run(&env, next, args);
                assert!(answer.code < 2, "{first} {next} {args:?}: {answer:?}");
                assert!(!answer.stderr.contains("panicked"), "{first} {next} {args:?}: {answer:?}");
            }
        }
        // An edit of the same size is detected with any clock.
        env.write("corpus/t/2026-01-04.md", digest(4, "plein"));
        assert!(run(&env, first, &["index"]).stdout.contains("1 changed"), "{first}");
    }
}
