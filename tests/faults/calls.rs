//! A call to the system fails: each in turn, once or from then on.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::scene::{Scene, Set};
use crate::times;

/// Fails calls that write, in place of the C library's. See the file.
fn shim() -> &'static Path {
    static SHIM: OnceLock<PathBuf> = OnceLock::new();
    SHIM.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shim-{}.so", std::process::id()));
        let built =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl").status();
        assert!(built.expect("a C compiler: rustc needs one, too").success());
        library
    })
}

/// Runs it with calls that fail from a number on, so many of them. Says how it ended and how many calls there were.
fn run(set: &Set, from: usize, count: usize) -> (Option<i32>, String, usize) {
    let log = set.env.path("calls");
    let mut command = set.env.command(set.scene.args());
    command.env("LD_PRELOAD", shim()).env("SHIM_FROM", from.to_string()).env("SHIM_COUNT", count.to_string());
    let run = command.env("SHIM_LOG", &log).env("SHIM_BELOW", set.env.path("index")).output().unwrap();
    let calls = fs::read_to_string(&log).map_or(0, |log| log.lines().count());
    (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned(), calls)
}

fn fail_each(scene: Scene, count: usize) {
    let how = if count == 1 { "once" } else { "from then on" };
    let (code, error, calls) = run(&Set::new(scene), usize::MAX, 0);
    assert_eq!(code, Some(0), "{error}");
    assert!(calls > 30, "{calls}");
    // Not the same for each scene, and not always the same.
    let steps = times(5).min(calls);
    let (mut refused, offset) = (0, fastrand::usize(..calls.div_ceil(steps)));
    for step in 0..steps {
        let set = Set::new(scene);
        let from = (offset + step * calls / steps) % calls + 1;
        let (code, error, _) = run(&set, from, count);
        match code {
            // What comes after the commit is tidying up.
            Some(0) => {}
            Some(2) => {
                assert!(error.starts_with("error: ") && !error.contains("internal"), "call {from}: {error}");
                refused += 1;
            }
            other => panic!("{scene:?}, call {from} of {calls}: {other:?} {error}"),
        }
        set.hold(&format!("call {from} of {calls} failed, {how}"), code == Some(0));
    }
    eprintln!("{scene:?}: {calls} calls, {steps} times one failed {how}, {refused} runs refused");
}

#[test]
fn a_call_that_fails_once_loses_nothing() {
    Scene::ALL.into_iter().for_each(|scene| fail_each(scene, 1));
}

#[test]
fn calls_that_fail_from_then_on_lose_nothing() {
    Scene::ALL.into_iter().for_each(|scene| fail_each(scene, usize::MAX));
}
