//! How much waits for Tantivy at a time: files are read faster than they are indexed, and Tantivy's own queue counts
//! digests, of which it takes thousands.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// So many bytes of text may wait; what is made of them takes some four times as much.
const MAX_BYTES: usize = 8 << 20;

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
    /// Waits until there is room, and takes it. If Tantivy has stopped, it drops what waits for it, and there is.
    pub fn enter(self: &Arc<Self>, bytes: usize) -> Place {
        let waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.falls.wait_while(waiting, |waiting| *waiting > MAX_BYTES);
        *waited.unwrap_or_else(PoisonError::into_inner) += bytes;
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
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// Long enough for a thread to go on that nothing holds up.
    const SOON: Duration = Duration::from_millis(100);

    #[test]
    fn who_comes_when_it_is_full_waits_until_there_is_room() {
        let backlog = Arc::new(Backlog::default());
        let first = backlog.enter(MAX_BYTES);
        let second = backlog.enter(1);
        let (sender, entered) = channel();
        let waiting = Arc::clone(&backlog);
        let third = thread::spawn(move || {
            let place = waiting.enter(7);
            sender.send(()).expect("somebody hears");
            place
        });
        assert_eq!(entered.recv_timeout(SOON), Err(RecvTimeoutError::Timeout), "it is full");
        drop((first, second));
        entered.recv().expect("it gets its place, however late");
        assert_eq!(*backlog.bytes.lock().expect("nobody panics"), 7);
        drop(third.join().expect("it has ended"));
        assert_eq!(*backlog.bytes.lock().expect("nobody panics"), 0);
    }

    #[test]
    fn all_who_wait_get_their_place() {
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
