//! How much waits for Tantivy at a time: files are read faster than they are indexed, and Tantivy's own queue counts
//! digests, of which it takes thousands.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// So many bytes of text may wait; what is made of them takes some four times as much.
const MAX_BYTES: usize = 8 << 20;

/// Nobody waits longer: if Tantivy has stopped, it has to be told.
const MAX_WAIT: Duration = Duration::from_millis(200);

/// What waits.
#[derive(Default)]
pub struct Backlog {
    bytes: Mutex<usize>,
    falls: Condvar,
}

/// The place of something that waits, until it is dropped.
pub struct Place {
    backlog: Arc<Backlog>,
    bytes: usize,
}

impl Backlog {
    /// Waits until there is room, and takes it.
    pub fn enter(self: &Arc<Self>, bytes: usize) -> Place {
        let waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |waiting: &mut usize| *waiting > MAX_BYTES;
        let waited = self.falls.wait_timeout_while(waiting, MAX_WAIT, is_full);
        *waited.unwrap_or_else(PoisonError::into_inner).0 += bytes;
        Place { backlog: Arc::clone(self), bytes }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.backlog.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *waiting;
        *waiting -= self.bytes;
        // Not for each that leaves: to sleep and to wake takes longer than to index a digest.
        if before > MAX_BYTES / 2 && *waiting <= MAX_BYTES / 2 {
            self.backlog.falls.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_makes_room() {
        let backlog = Arc::new(Backlog::default());
        let first = backlog.enter(MAX_BYTES + 1);
        std::thread::scope(|threads| {
            let second = threads.spawn(|| backlog.enter(1));
            drop(first);
            drop(second.join().expect("it gets its place"));
        });
        assert_eq!(*backlog.bytes.lock().expect("nobody panics"), 0);
    }

    #[test]
    fn nobody_waits_for_ever() {
        let backlog = Arc::new(Backlog::default());
        let _first = backlog.enter(MAX_BYTES + 1);
        backlog.enter(1);
    }
}
