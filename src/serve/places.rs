//! So many connections there can be. Where all places are taken, whoever has had one longest and has no request open loses
//! it: a thousand connections that only stay open keep nobody out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All places.
pub struct Places {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    seats: BTreeMap<u64, Arc<Seat>>,
}

/// What is known of a connection.
#[derive(Default)]
pub struct Seat {
    state: AtomicU8,
    /// Tells it to end.
    pub leave: Notify,
}

/// No request is open.
const IDLE: u8 = 0;
/// A request is being answered.
const ANSWERING: u8 = 1;
/// All of the answer is handed over, but some of it may not be sent.
const SENDING: u8 = 2;

/// A place that is given back when this is dropped.
pub struct Place {
    places: Arc<Places>,
    number: u64,
    pub seat: Arc<Seat>,
}

impl Seat {
    /// A request is there.
    pub fn begin(&self) {
        self.state.store(ANSWERING, Ordering::Relaxed);
    }

    /// All of the answer is handed over.
    pub fn hand_over(&self) {
        let _ = self.state.compare_exchange(ANSWERING, SENDING, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// All that was handed over is sent; whether that is the whole answer.
    pub fn is_sent(&self) -> bool {
        self.state.compare_exchange(SENDING, IDLE, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Whether a request is being answered on it, up to the last byte of the answer.
    pub fn is_busy(&self) -> bool {
        self.state.load(Ordering::Relaxed) != IDLE
    }
}

impl Places {
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, taken: Mutex::default() })
    }

    /// A place, maybe that of another; none where everyone has something to do.
    pub fn take(self: &Arc<Self>) -> Option<Place> {
        let mut taken = self.taken();
        if taken.seats.len() >= self.most {
            let idle = taken.seats.iter().find(|(_, seat)| !seat.is_busy()).map(|(number, _)| *number)?;
            taken.seats.remove(&idle)?.leave.notify_one();
        }
        let (number, seat) = (taken.next, Arc::<Seat>::default());
        taken.next += 1;
        taken.seats.insert(number, seat.clone());
        Some(Place { places: self.clone(), number, seat })
    }

    /// How many connections have something to do.
    pub fn busy(&self) -> usize {
        self.taken().seats.values().filter(|seat| seat.is_busy()).count()
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Nothing that is done while it is locked can leave it half done.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().seats.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_idle_one_goes_first() {
        let places = Places::new(2);
        let (first, second) = (places.take().expect("free"), places.take().expect("free"));
        first.seat.begin();
        let third = places.take().expect("that of the second");
        assert!(!places.taken().seats.contains_key(&second.number));
        third.seat.begin();
        assert!(places.take().is_none(), "all have something to do");
        assert_eq!(places.busy(), 2);
        third.seat.hand_over();
        assert!(places.take().is_none(), "some of the answer may not be sent");
        drop(second);
        assert!(places.take().is_none(), "which was no place any more");
        drop(first);
        assert!(places.take().is_some());
    }
}
