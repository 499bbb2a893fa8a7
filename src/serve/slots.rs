//! Slots for a limited number of connections. If all are taken, the oldest idle connection loses its slot, so that idle
//! connections keep no client out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All slots.
pub struct Slots {
    max: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    activities: BTreeMap<u64, Arc<Activity>>,
}

/// The activity of a connection.
#[derive(Default)]
pub struct Activity {
    state: AtomicU8,
    /// Closes the connection.
    pub close: Notify,
}

/// No open request.
const IDLE: u8 = 0;
/// A request is being answered.
const ANSWERING: u8 = 1;
/// The whole answer is handed over, but may not be sent.
const SENDING: u8 = 2;

/// A slot, released on drop.
pub struct Slot {
    slots: Arc<Slots>,
    number: u64,
    pub activity: Arc<Activity>,
}

impl Activity {
    /// Notes the arrival of a request.
    pub fn begin(&self) {
        self.state.store(ANSWERING, Ordering::Relaxed);
    }

    /// Notes that the whole answer is handed over.
    pub fn finish_body(&self) {
        let _ = self.state.compare_exchange(ANSWERING, SENDING, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Notes that all bytes handed over are sent; reports whether these are the whole answer.
    pub fn is_sent(&self) -> bool {
        self.state.compare_exchange(SENDING, IDLE, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Reports whether a request is open, up to the last byte of its answer.
    pub fn is_busy(&self) -> bool {
        self.state.load(Ordering::Relaxed) != IDLE
    }
}

impl Slots {
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self { max, taken: Mutex::default() })
    }

    /// Returns a free slot, or that of an idle connection; `None` if all connections are busy.
    pub fn take(self: &Arc<Self>) -> Option<Slot> {
        let mut taken = self.taken();
        if taken.activities.len() >= self.max {
            let idle = taken.activities.iter().find(|(_, activity)| !activity.is_busy()).map(|(number, _)| *number)?;
            taken.activities.remove(&idle)?.close.notify_one();
        }
        let (number, activity) = (taken.next, Arc::<Activity>::default());
        taken.next += 1;
        taken.activities.insert(number, activity.clone());
        Some(Slot { slots: self.clone(), number, activity })
    }

    /// Returns the number of busy connections.
    pub fn busy(&self) -> usize {
        self.taken().activities.values().filter(|activity| activity.is_busy()).count()
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // No panic under the lock can close the data inconsistent.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.taken().activities.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_idle_connection_loses_its_slot() {
        let slots = Slots::new(2);
        let (first, second) = (slots.take().expect("free"), slots.take().expect("free"));
        first.activity.begin();
        let third = slots.take().expect("the slot of the second");
        assert!(!slots.taken().activities.contains_key(&second.number));
        third.activity.begin();
        assert!(slots.take().is_none(), "all are busy");
        assert_eq!(slots.busy(), 2);
        third.activity.finish_body();
        assert!(slots.take().is_none(), "the answer may not be sent");
        drop(second);
        assert!(slots.take().is_none(), "the second had no slot");
        drop(first);
        assert!(slots.take().is_some());
    }
}
