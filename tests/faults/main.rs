//! What may happen to an index while it is written: the program is killed, the disk fills up, a call fails, the clock is
//! wrong, others read or write. Readers have one whole commit at any time, and the next run ends as if nothing had happened.
//!
//! A few times each; with FAULTS=300 in the environment, so often. FAULTS_SEED repeats a run.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "../it/env.rs"]
#[allow(dead_code, reason = "what other tests use of it")]
mod env;

#[path = "../it/http.rs"]
#[allow(dead_code, reason = "what other tests use of it")]
mod http;

mod calls;
mod clock;
mod disk;
mod kills;
mod rubbish;
mod scene;
mod together;

/// How often each fault is brought about.
fn times(short: usize) -> usize {
    std::env::var("FAULTS").ok().map_or(short, |times| times.parse().unwrap())
}

/// Moments that nobody chose.
fn moments() -> fastrand::Rng {
    let seed = std::env::var("FAULTS_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    eprintln!("FAULTS_SEED={seed}");
    fastrand::Rng::with_seed(seed)
}
