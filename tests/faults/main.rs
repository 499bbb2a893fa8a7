//! What may happen to an index while it is written: the program is killed, the disk fills up, a call fails. After each
//! time, readers have one whole commit, and the next run ends as if nothing had happened.
//!
//! A few times each; with FAULTS=300 in the environment, so often. FAULTS_SEED repeats a run.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "../it/env.rs"]
#[allow(dead_code, reason = "what other tests use of it")]
mod env;

mod calls;
mod disk;
mod kills;
mod scene;

/// How often each fault is brought about.
fn times(short: usize) -> usize {
    std::env::var("FAULTS").ok().map_or(short, |times| times.parse().unwrap())
}
