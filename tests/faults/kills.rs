//! The program is killed at random moments.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::env::{TestEnv, digest};
use crate::scene::{Scene, Set};
use crate::{moments, times};

/// The duration of an undisturbed run.
fn undisturbed(scene: Scene) -> Duration {
    let set = Set::new(scene);
    let started = Instant::now();
    set.env.ok(scene.args());
    let took = started.elapsed();
    set.check("none", true);
    took
}

#[test]
fn a_kill_at_any_moment_loses_nothing() {
    let mut moments = moments();
    for scene in Scene::ALL {
        let took = undisturbed(scene);
        let mut ended = 0;
        for _ in 0..times(4) {
            let set = Set::new(scene);
            let mut run = set.start();
            let moment = took.mul_f64(moments.f64() * 1.1);
            thread::sleep(moment);
            run.kill().unwrap();
            let has_ended = run.wait().unwrap().success();
            ended += usize::from(has_ended);
            set.check(&format!("killed after {moment:?} of {took:?}"), has_ended);
        }
        eprintln!("{scene:?}: {} runs killed, {ended} of them had ended", times(4));
    }
}

/// The indexed edit of each of eight days; 0 for none. All entries of a digest have the same.
fn versions(env: &TestEnv) -> [usize; 8] {
    let entries = env.entries();
    [1, 2, 3, 4, 5, 6, 7, 8].map(|day| {
        let of_day = entries.iter().filter(|entry| entry.contains(&format!("t/2026-01-{day:02}#")));
        let edit = |entry: &String| {
            entry.split("edit").nth(1).map_or(0, |edit| edit.split(' ').next().unwrap().parse().unwrap())
        };
        let edits: Vec<usize> = of_day.map(edit).collect();
        assert!(edits.len() == 5 && edits.iter().all(|edit| *edit == edits[0]), "day {day}: {entries:?}");
        edits[0]
    })
}

#[test]
fn a_kill_while_watching_loses_nothing() {
    let mut moments = moments();
    let env = TestEnv::with_digests(8);
    env.ok(&["index", "corpus"]);
    for step in 0..times(4) {
        let mut watch =
            env.command(&["index", "corpus", "--watch"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(moments.u64(50..300)));
        let before = versions(&env);
        let day = 1 + step as u32 % 8;
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &format!("edit{}", step + 1)));
        thread::sleep(Duration::from_millis(moments.u64(0..900)));
        watch.kill().unwrap();
        watch.wait().unwrap();
        let now = versions(&env);
        assert!(before.iter().zip(&now).all(|(before, now)| before <= now), "step {step}: {before:?} {now:?}");
        env.ok(&["query", "--verify"]);
    }
    env.ok(&["index", "corpus"]);
    let entries = env.entries();
    fs::remove_dir_all(env.path("index")).unwrap();
    env.ok(&["index", "corpus"]);
    assert_eq!(env.entries(), entries);
}

#[test]
fn repeated_kills_do_not_prevent_success() {
    let mut moments = moments();
    let took = undisturbed(Scene::Update);
    let set = Set::new(Scene::Update);
    for _ in 0..times(6) {
        let mut run = set.start();
        thread::sleep(took.mul_f64(moments.f64()));
        run.kill().unwrap();
        run.wait().unwrap();
        set.env.ok(&["query", "--verify"]);
    }
    set.check("killed again and again", false);
}

/// Sends a signal with `kill`.
fn signal(process: &Child, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &process.id().to_string()]).status().unwrap().success());
}

#[test]
fn a_signal_ends_a_run_cleanly() {
    let mut moments = moments();
    for scene in Scene::ALL {
        let took = undisturbed(scene);
        let (mut done, mut stopped) = (0, 0);
        for step in 0..times(4) {
            let set = Set::new(scene);
            let run = set.start();
            thread::sleep(took.mul_f64(moments.f64()));
            signal(&run, ["INT", "TERM"][step % 2]);
            let run = run.wait_with_output().unwrap();
            let error = String::from_utf8_lossy(&run.stderr);
            match run.status.code() {
                Some(0) => done += 1,
                Some(2) => assert_eq!(error, "error: interrupted; nothing was changed\n"),
                // The signal came before the run began.
                None => {}
                other => panic!("{scene:?}: {other:?} {error}"),
            }
            if run.status.code() == Some(2) {
                stopped += 1;
                set.leaves_nothing("stopped");
            }
            set.check("a signal", run.status.success());
        }
        eprintln!("{scene:?}: {} runs got a signal, {done} went on to their end, {stopped} stopped before", times(4));
    }
}

#[test]
fn a_signal_ends_a_watch_with_success() {
    let env = TestEnv::with_digests(3);
    for name in ["INT", "TERM"] {
        let mut watch = env.command(&["index", "corpus", "--watch"]).stdout(Stdio::piped()).spawn().unwrap();
        // The first run is reported; it waits.
        if name == "INT" {
            BufReader::new(watch.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
        } else {
            thread::sleep(Duration::from_millis(500));
        }
        signal(&watch, name);
        assert_eq!(watch.wait().unwrap().code(), Some(0), "{name}");
    }
}
