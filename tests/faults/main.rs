//! Faults while an index is written: kills, a full disk, failing calls, a wrong clock, concurrent readers and
//! writers. Readers see a whole commit at any time, and the next run succeeds as if nothing had happened.
//!
//! A few repetitions each, or as many as FAULTS=300 says. FAULTS_SEED repeats a run.

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

/// The number of repetitions.
fn times(short: usize) -> usize {
    std::env::var("FAULTS").ok().map_or(short, |times| times.parse().unwrap())
}

/// Random moments.
fn moments() -> fastrand::Rng {
    let seed = std::env::var("FAULTS_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    eprintln!("FAULTS_SEED={seed}");
    fastrand::Rng::with_seed(seed)
}
