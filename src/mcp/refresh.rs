//! Updates of the index before answers. Calls that come while one runs share the next.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::failure::Failure;

/// Updates the index once.
pub type Update = dyn Fn() -> Result<(), Failure> + Send + Sync;

/// Updates of an index.
pub struct Refresh {
    update: Box<Update>,
    /// When the last one began, and its result.
    last: Mutex<Option<(Instant, Result<(), Failure>)>>,
}

impl Refresh {
    pub fn new(update: Box<Update>) -> Self {
        Self { update, last: Mutex::new(None) }
    }

    /// Updates the index, unless another call did so since this one came.
    pub fn run(&self, came: Instant) -> Result<(), Failure> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, result)) = last.as_ref().filter(|(begun, _)| *begun >= came) {
            return result.clone();
        }
        let begun = Instant::now();
        let result = (self.update)();
        *last = Some((begun, result.clone()));
        result
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn calls_that_wait_share_an_update() {
        let count = Arc::<AtomicUsize>::default();
        let counted = count.clone();
        let refresh = Refresh::new(Box::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }));
        let came = Instant::now();
        assert!(refresh.run(came).is_ok() && refresh.run(came).is_ok());
        assert_eq!(count.load(Ordering::Relaxed), 1);
        assert!(refresh.run(Instant::now()).is_ok());
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
