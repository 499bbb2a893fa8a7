//! A bound on the documents queued for Tantivy: files are read faster than they are indexed, and Tantivy's queue is
//! limited by the number of digests only, in the thousands.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Maximum number of queued bytes of text; documents take about four times as much.
const MAX_BYTES: usize = 8 << 20;

/// The queued bytes.
#[derive(Default)]
pub struct Backlog {
    bytes: Mutex<usize>,
    drained: Condvar,
}

/// A reservation in the backlog, released on drop.
pub struct BacklogGuard {
    backlog: Arc<Backlog>,
    bytes: usize,
}

impl Backlog {
    /// Waits for free space and reserves it. If Tantivy has stopped, it drops queued documents, which frees space.
    pub fn enter(self: &Arc<Self>, bytes: usize) -> BacklogGuard {
        let waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.drained.wait_while(waiting, |waiting| *waiting > MAX_BYTES);
        *waited.unwrap_or_else(PoisonError::into_inner) += bytes;
        BacklogGuard { backlog: Arc::clone(self), bytes }
    }
}

impl Drop for BacklogGuard {
    fn drop(&mut self) {
        let mut waiting = self.backlog.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *waiting;
        *waiting -= self.bytes;
        // Not on every drop: sleeping and waking takes longer than indexing a digest.
        if before > MAX_BYTES / 2 && *waiting <= MAX_BYTES / 2 {
            self.backlog.drained.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// Long enough for an unblocked thread to proceed.
    const SOON: Duration = Duration::from_millis(100);

    #[test]
    fn a_full_backlog_blocks_until_space_is_free() {
        let backlog = Arc::new(Backlog::default());
        let first = backlog.enter(MAX_BYTES);
        let second = backlog.enter(1);
        let (sender, entered) = channel();
        let waiting = Arc::clone(&backlog);
        let third = thread::spawn(move || {
            let guard = waiting.enter(7);
            sender.send(()).expect("the receiver exists");
            guard
        });
        assert_eq!(entered.recv_timeout(SOON), Err(RecvTimeoutError::Timeout), "it is full");
        drop((first, second));
        entered.recv().expect("space is free");
        assert_eq!(*backlog.bytes.lock().expect("nobody panics"), 7);
        drop(third.join().expect("it has ended"));
        assert_eq!(*backlog.bytes.lock().expect("nobody panics"), 0);
    }

    #[test]
    fn all_waiting_threads_proceed() {
        let backlog = Arc::new(Backlog::default());
        let first = backlog.enter(MAX_BYTES + 1);
        thread::scope(|threads| {
            let enter = || drop(backlog.enter(MAX_BYTES));
            (0..20).for_each(|_| drop(threads.spawn(enter)));
            drop(first);
        });
        assert_eq!(*backlog.bytes.lock().expect("nobody panics"), 0);
    }
}
