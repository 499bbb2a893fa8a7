//! The flow of documents to a cluster: how many are sent at a time. Once the cluster is too busy, less, for the rest of a run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Size in bytes of a batch.
const BYTES: usize = 5 << 20;

/// Size in bytes of the smallest batch: smaller ones cost the cluster more than they spare it.
const LEAST: usize = 256 << 10;

/// Number of batches that are sent at a time.
const IN_FLIGHT: usize = 2;

/// The flow of documents of a run.
#[derive(Debug)]
pub struct Flow {
    bytes: AtomicUsize,
    lanes: AtomicUsize,
    in_flight: Mutex<usize>,
    is_free: Condvar,
}

impl Flow {
    /// Returns the flow at the start of a run.
    pub fn new() -> Self {
        Self {
            bytes: AtomicUsize::new(BYTES),
            lanes: AtomicUsize::new(IN_FLIGHT),
            in_flight: Mutex::default(),
            is_free: Condvar::new(),
        }
    }

    /// Returns the size in bytes of a batch.
    pub fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Halves the size of batches, which are sent one by one from now on.
    pub fn slow_down(&self) {
        let halve = |bytes: usize| Some(LEAST.max(bytes / 2));
        let _ = self.bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, halve);
        self.lanes.store(1, Ordering::Relaxed);
    }

    /// Waits for a lane, and sends something.
    pub fn send<T>(&self, send: impl FnOnce() -> T) -> T {
        let in_flight = self.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |in_flight: &mut usize| *in_flight >= self.lanes.load(Ordering::Relaxed);
        let mut in_flight = self.is_free.wait_while(in_flight, is_full).unwrap_or_else(PoisonError::into_inner);
        *in_flight += 1;
        drop(in_flight);
        let sent = send();
        *self.in_flight.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.is_free.notify_one();
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_shrink_to_a_least_size() {
        let flow = Flow::new();
        let sizes: Vec<usize> = (0..6)
            .map(|_| {
                flow.slow_down();
                flow.bytes() >> 10
            })
            .collect();
        assert_eq!(sizes, [2560, 1280, 640, 320, 256, 256]);
        assert_eq!(flow.lanes.load(Ordering::Relaxed), 1);
    }
}
