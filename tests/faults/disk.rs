//! The disk is full: no file may become larger than so much.

#![cfg(unix)]

use std::fs;
use std::process::{Command, Output};

use crate::env::{TestEnv, digest};
use crate::scene::{Scene, Set};
use crate::times;

/// A run that can make no file of more than so many blocks of 512 bytes.
fn limited(env: &TestEnv, args: &[&str], blocks: usize) -> Output {
    // The signal that comes with it is ignored, so that it is an error.
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
        // What came to nothing says nothing of which folder an index is of.
        env.write("other/a.md", digest(9, "other"));
        assert_eq!(limited(&env, &["index", "other", "--dry-run"], 100).status.code(), Some(0), "{blocks} blocks");
    }
    env.ok(&["index"]);
    assert_eq!(generations(), 1);
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
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
            set.hold(&format!("no file over {blocks} blocks"), run.status.success());
        }
        eprintln!("{scene:?}: {} runs with a full disk, {refused} of them refused", times(4));
        assert!(refused > 0);
    }
}
