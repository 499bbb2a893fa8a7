//! What becomes of a panic: an error like any other. There should be none; but what comes out of an index whose bytes
//! have changed can be anything, and Tantivy takes it for what it wrote.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use super::failure::Failure;

/// What the first panic said and where it was: those that follow come of it.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

const HINT: &str = "the index may be damaged: `digest-search check` tells; where it is not, please report this";

/// Does something, and makes an error of a panic, its own or that of another thread which it failed for.
pub fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let said = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
        let said = said.unwrap_or("no reason is given");
        let place = info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        FIRST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| format!("{said}{place}"));
    }));
    let failure = match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(failure)) => Some(failure),
        Err(_) => None,
    };
    match (FIRST.lock().unwrap_or_else(PoisonError::into_inner).take(), failure) {
        (None, Some(failure)) => Err(failure),
        (said, _) => {
            let message = format!("something went wrong in digest-search itself: {}", said.unwrap_or_default());
            Err(Failure::message("internal", message, HINT))
        }
    }
}

/// From now on, panics are said when they happen: whatever goes on after one is not to keep it to itself.
pub fn say_at_once() {
    drop(panic::take_hook());
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_panic_of_any_thread_is_the_error() {
        let own = caught(|| -> Result<(), Failure> { panic!("own") });
        let of_another = caught(|| -> Result<(), Failure> {
            let _ = thread::spawn(|| panic!("another's")).join();
            Err(Failure::message("index", "a thread ended".to_owned(), ""))
        });
        let none = caught(|| -> Result<(), Failure> { Err(Failure::message("index", "plain".to_owned(), "")) });
        say_at_once();
        let said = [own, of_another, none]
            .map(|result| result.map_or_else(|f| f.message_text().to_owned(), |()| String::new()));
        assert!(said[0].contains("itself: own (") && said[1].contains("itself: another's ("), "{said:?}");
        assert_eq!(said[2], "plain");
    }
}
