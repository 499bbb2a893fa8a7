//! The program is killed at a moment that nobody chose.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::env::{TestEnv, digest};
use crate::scene::{Scene, Set};
use crate::times;

fn moments() -> fastrand::Rng {
    let seed = std::env::var("FAULTS_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    eprintln!("FAULTS_SEED={seed}");
    fastrand::Rng::with_seed(seed)
}

/// How long a run takes that nothing happens to.
fn undisturbed(scene: Scene) -> Duration {
    let set = Set::new(scene);
    let started = Instant::now();
    set.env.ok(scene.args());
    let took = started.elapsed();
    set.hold("none");
    took
}

#[test]
fn killed_at_any_moment_it_loses_nothing() {
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
            ended += usize::from(run.wait().unwrap().success());
            set.hold(&format!("killed after {moment:?} of {took:?}"));
        }
        eprintln!("{scene:?}: {} runs killed, {ended} of them had ended", times(4));
    }
}

#[test]
fn killed_while_it_watches_it_loses_nothing() {
    let mut moments = moments();
    let env = TestEnv::with_digests(8);
    env.ok(&["index", "corpus"]);
    for step in 0..times(4) {
        let mut watch =
            env.command(&["index", "corpus", "--watch"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(moments.u64(50..300)));
        let before = env.units();
        env.write(
            &format!("corpus/t/2026-01-{:02}.md", 1 + step % 28),
            digest(1 + step as u32 % 28, &format!("edit{step}")),
        );
        thread::sleep(Duration::from_millis(moments.u64(0..900)));
        watch.kill().unwrap();
        watch.wait().unwrap();
        let now = env.units();
        let is_new = now.iter().any(|unit| unit.contains(&format!("edit{step} ")));
        assert!(now == before || is_new, "step {step}");
        env.ok(&["query", "--verify"]);
    }
    env.ok(&["index", "corpus"]);
    let units = env.units();
    fs::remove_dir_all(env.path("index")).unwrap();
    env.ok(&["index", "corpus"]);
    assert_eq!(env.units(), units);
}

#[test]
fn killed_again_and_again_it_ends_right_at_last() {
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
    set.hold("killed again and again");
}
