//! What becomes of a panic: an error like any other. There should be none; but what comes out of an index whose bytes
//! have changed can be anything, and Tantivy takes it for what it wrote.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use super::failure::Failure;

/// What the first panic said and where it was: those that follow come of it.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

const HINT: &str = "the index may be damaged: `digest-search check` tells; where it is not, please report this";

/// Does something, and makes an error of a panic of any thread that it waits for.
pub fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let said = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
        let said = said.unwrap_or("no reason is given");
        let place = info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        FIRST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| format!("{said}{place}"));
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let said = FIRST.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        Err(Failure::message("internal", format!("something went wrong in digest-search itself: {said}"), HINT))
    })
}
