//! Choice of a node for each attempt. A node that failed rests for a while.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Rest of a node after its first failure; each further one doubles it.
const REST: Duration = Duration::from_millis(100);

/// Longest rest of a node.
const MAX_REST: Duration = Duration::from_secs(10);

/// Nodes of a cluster.
#[derive(Debug)]
pub struct Nodes {
    addresses: Vec<String>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Node of the next attempt.
    next: usize,
    /// Failures since the last answer, and the end of the rest, by node.
    nodes: Vec<(u32, Option<Instant>)>,
    has_answered: bool,
}

impl Nodes {
    /// Returns nodes, the first one chosen at random.
    pub fn new(addresses: Vec<String>) -> Self {
        let state = State {
            next: fastrand::usize(..addresses.len()),
            nodes: vec![(0, None); addresses.len()],
            has_answered: false,
        };
        Self { addresses, state: Mutex::new(state) }
    }

    /// Returns a node, and how long to wait before the attempt: no time unless all nodes rest.
    pub fn choose(&self) -> (usize, Duration) {
        let mut state = self.lock();
        let now = Instant::now();
        let wait = |at: usize| {
            let until = state.nodes[at].1;
            until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
        };
        let count = self.addresses.len();
        let in_turn = (0..count).map(|step| (state.next + step) % count);
        let (at, wait) = in_turn.map(|at| (at, wait(at))).min_by_key(|(_, wait)| *wait).unwrap_or_default();
        state.next = (at + 1) % count;
        (at, wait)
    }

    /// Returns the address of a node.
    pub fn address(&self, at: usize) -> &str {
        &self.addresses[at]
    }

    /// Notes that a node has answered.
    pub fn succeeded(&self, at: usize) {
        let mut state = self.lock();
        state.nodes[at] = (0, None);
        state.has_answered = true;
    }

    /// Notes that a node has answered, but not the request: the address is right.
    pub fn refused(&self, at: usize) {
        self.failed(at);
        self.lock().has_answered = true;
    }

    /// Notes that a node has failed; it rests for a random time, so that clients do not return together.
    pub fn failed(&self, at: usize) {
        let mut state = self.lock();
        let (failures, until) = &mut state.nodes[at];
        let most = REST.saturating_mul(1 << (*failures).min(10)).min(MAX_REST);
        *failures += 1;
        *until = Some(Instant::now() + most.mul_f64(fastrand::f64()));
    }

    /// Reports whether no node has ever answered and each has failed twice: the address is more likely wrong than the
    /// cluster down.
    pub fn are_unknown(&self) -> bool {
        let state = self.lock();
        !state.has_answered && state.nodes.iter().all(|(failures, _)| *failures >= 2)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_take_turns_and_failed_ones_rest() {
        let nodes = Nodes::new(["a", "b", "c"].map(str::to_owned).into());
        let mut turns: Vec<usize> = (0..3).map(|_| nodes.choose().0).collect();
        turns.sort_unstable();
        assert_eq!(turns, [0, 1, 2]);
        for _ in 0..8 {
            nodes.failed(1);
        }
        assert!((0..6).all(|_| nodes.choose() != (1, Duration::ZERO) || nodes.choose().0 != 1));
        assert!(!nodes.are_unknown());
        [0, 0, 2, 2].into_iter().for_each(|at| nodes.failed(at));
        assert!(nodes.are_unknown());
        nodes.succeeded(0);
        assert!(!nodes.are_unknown() && nodes.choose() == (0, Duration::ZERO));
    }
}
