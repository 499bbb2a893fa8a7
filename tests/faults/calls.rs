//! Failing system calls: each in turn, once or from then on.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use crate::env::TestEnv;
use crate::scene::{Scene, Set};
use crate::times;

/// A class of failing calls.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Calls {
    /// Writes, as on a full disk.
    Writes,
    /// Reads, as on a broken disk.
    Reads,
}

/// A library preloaded before the C library, compiled from the file of that name.
pub fn library(name: &str) -> PathBuf {
    static MADE: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    let build = || {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/faults/{name}.c"));
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.so", std::process::id()));
        let built =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl").status();
        assert!(built.expect("a C compiler: rustc needs one, too").success());
        library
    };
    made.entry(name.to_owned()).or_insert_with(build).clone()
}

impl Calls {
    /// Runs a command with failing calls from a number on. Returns its result and the number of calls.
    fn fail(self, env: &TestEnv, args: &[&str], from: usize, count: usize) -> (Output, usize) {
        let log = env.path("calls");
        let mut command = env.command(args);
        command
            .env("LD_PRELOAD", library("shim"))
            .env("SHIM_FROM", from.to_string())
            .env("SHIM_COUNT", count.to_string());
        command.env("SHIM_LOG", &log).env("SHIM_BELOW", env.path("index"));
        if self == Self::Reads {
            command.env("SHIM_READS", "1");
        }
        let run = command.output().unwrap();
        let calls = fs::read_to_string(&log).map_or(0, |log| log.lines().count());
        let _ = fs::remove_file(log);
        (run, calls)
    }

    fn fail_each(self, scene: Scene, count: usize) {
        let how = if count == 1 { "once" } else { "from then on" };
        let (run, calls) = self.fail(&Set::new(scene).env, scene.args(), usize::MAX, 0);
        assert!(run.status.success(), "{run:?}");
        assert!(calls > 30, "{calls}");
        // Varies by scene and run.
        let steps = times(5).min(calls);
        let (mut refused, offset) = (0, fastrand::usize(..calls.div_ceil(steps)));
        for step in 0..steps {
            let set = Set::new(scene);
            let from = (offset + step * calls / steps) % calls + 1;
            let (run, _) = self.fail(&set.env, scene.args(), from, count);
            let error = String::from_utf8_lossy(&run.stderr);
            assert!(!error.contains("damaged"), "nothing is: call {from}: {error}");
            match run.status.code() {
                // After the commit, only cleanup follows.
                Some(0) => {}
                Some(2) => {
                    assert!(error.starts_with("error: ") && error.contains(" (os error "), "call {from}: {error}");
                    refused += 1;
                }
                other => panic!("{scene:?}, call {from} of {calls}: {other:?} {error}"),
            }
            set.check(&format!("{self:?}: call {from} of {calls} failed, {how}"), run.status.success());
        }
        assert!(refused > 0 || count == 1, "{scene:?}: none of {steps} was refused");
        eprintln!("{scene:?}: {calls} {self:?}, {steps} times one failed {how}, {refused} runs refused");
    }
}

#[test]
fn a_write_that_fails_once_loses_nothing() {
    Scene::ALL.into_iter().for_each(|scene| Calls::Writes.fail_each(scene, 1));
}

#[test]
fn writes_that_fail_from_then_on_lose_nothing() {
    Scene::ALL.into_iter().for_each(|scene| Calls::Writes.fail_each(scene, usize::MAX));
}

#[test]
fn a_read_that_fails_once_loses_nothing() {
    Scene::ALL.into_iter().for_each(|scene| Calls::Reads.fail_each(scene, 1));
}

#[test]
fn reads_that_fail_from_then_on_lose_nothing() {
    Scene::ALL.into_iter().for_each(|scene| Calls::Reads.fail_each(scene, usize::MAX));
}

#[test]
fn failing_reads_give_a_right_answer_or_an_error() {
    let env = TestEnv::with_digests(20);
    env.ok(&["index", "corpus"]);
    let whole = env.entries();
    let question = ["query", "--all-copies", "--limit", "all", "--format", "ids"];
    let right = env.ok(&question);
    assert_eq!(right.lines().count(), whole.len());
    let (_, calls) = Calls::Reads.fail(&env, &question, usize::MAX, 0);
    assert!(calls > 10, "{calls}");
    let mut refused = 0;
    for (from, count) in (1..=calls).flat_map(|from| [(from, 1), (from, usize::MAX)]) {
        let (run, _) = Calls::Reads.fail(&env, &question, from, count);
        let (out, error) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        match run.status.code() {
            Some(0) => assert_eq!(out, right, "call {from} of {calls}"),
            Some(2) => {
                assert!(
                    out.is_empty() && error.starts_with("error: ") && error.contains(" (os error "),
                    "call {from} of {calls}: {error}"
                );
                refused += 1;
            }
            other => panic!("call {from} of {calls}: {other:?} {error}"),
        }
    }
    assert!(refused >= calls, "{refused} of {calls}, once and from then on");
    assert_eq!(env.entries(), whole);
}
