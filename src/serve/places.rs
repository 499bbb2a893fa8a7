//! So many connections there can be. Where all places are taken, whoever has had one longest and has no request open loses
//! it: a thousand connections that only stay open keep nobody out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
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
    /// Whether a request is being answered on it.
    busy: AtomicBool,
    /// Tells it to end.
    pub leave: Notify,
}

/// A place that is given back when this is dropped.
pub struct Place {
    places: Arc<Places>,
    number: u64,
    pub seat: Arc<Seat>,
}

impl Seat {
    pub fn set_busy(&self, busy: bool) {
        self.busy.store(busy, Ordering::Relaxed);
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
            let idle =
                taken.seats.iter().find(|(_, seat)| !seat.busy.load(Ordering::Relaxed)).map(|(number, _)| *number)?;
            taken.seats.remove(&idle)?.leave.notify_one();
        }
        let (number, seat) = (taken.next, Arc::<Seat>::default());
        taken.next += 1;
        taken.seats.insert(number, seat.clone());
        Some(Place { places: self.clone(), number, seat })
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
        first.seat.set_busy(true);
        let third = places.take().expect("that of the second");
        assert!(!places.taken().seats.contains_key(&second.number));
        third.seat.set_busy(true);
        assert!(places.take().is_none(), "all have something to do");
        drop(second);
        assert!(places.take().is_none(), "which was no place any more");
        drop(first);
        assert!(places.take().is_some());
    }
}
