//! The disk is full: no file may become larger than so much.

#![cfg(unix)]

use std::process::Command;

use crate::scene::{Scene, Set};
use crate::times;

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    for scene in Scene::ALL {
        let mut refused = 0;
        for step in 0..times(4) {
            let set = Set::new(scene);
            // In blocks of 512 bytes. The signal that comes with it is ignored, so that it is an error.
            let blocks = step % 24;
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
            let program = set.env.command(scene.args());
            let mut shell = Command::new("/bin/sh");
            shell.current_dir(set.env.path("")).env_clear().arg("-c").arg(script).arg("sh").arg(program.get_program());
            let run = shell.args(program.get_args()).output().unwrap();
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
