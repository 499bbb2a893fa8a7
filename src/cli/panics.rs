//! What becomes of a panic: an error like any other. There should be none; but what comes out of an index whose bytes
//! have changed can be anything, and Tantivy takes it for what it wrote.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use digest_search::index::OPENING;
use digest_search::render::shown;

use super::failure::Failure;

/// What the first panic said and where it was: those that follow come of it.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

const HINT: &str = "the index may be damaged: `digest-search check` tells; where it is not, please report this";

/// The thread of Tantivy on which a panic is the end of the process.
const LAST: &str = "segment_updater";

/// Does something, and makes an error of a panic, its own or that of another thread which it failed for. One which it
/// did not fail for is said.
pub fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    panic::set_hook(Box::new(|info| {
        // It is told as damage.
        if thread::current().name() == Some(OPENING) {
            return;
        }
        let said = said(info);
        if thread::current().name() == Some(LAST) {
            let _ = io::stderr().write_all(failure(&said).text(false).as_bytes());
        }
        first().get_or_insert(said);
    }));
    match (panic::catch_unwind(AssertUnwindSafe(work)).ok(), first().take()) {
        (Some(done), None) => done,
        (Some(Ok(done)), Some(said)) => {
            let _ = writeln!(io::stderr(), "warning: {}; {HINT}", message(&said));
            Ok(done)
        }
        (_, said) => Err(failure(&said.unwrap_or_default())),
    }
}

/// What came of damage that is being mended is no news.
pub fn forget() {
    first().take();
}

fn first() -> MutexGuard<'static, Option<String>> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a panic said and where it was.
fn said(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let said = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let said = said.unwrap_or("no reason is given");
    let place = info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
    format!("{said}{place}")
}

fn message(said: &str) -> String {
    format!("something went wrong in digest-search itself: {}", shown(said))
}

fn failure(said: &str) -> Failure {
    Failure::message("internal", message(said), HINT)
}

/// From now on, panics are said when they happen: whatever goes on after one is not to keep it to itself.
pub fn say_at_once() {
    drop(panic::take_hook());
    let say = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(OPENING) {
            say(info);
        }
    }));
}

/// The same, by something that does not wait for whoever reads it.
pub fn say_by(say: impl Fn(String) + Send + Sync + 'static) {
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(OPENING) {
            say(format!("error: {}; {HINT}", message(&said(info))));
        }
    }));
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
        let passed_over = caught(|| {
            let _ = thread::spawn(|| panic!("another's")).join();
            Ok(())
        });
        let opening = caught(|| {
            let _ = thread::Builder::new().name(OPENING.to_owned()).spawn(|| panic!("damage")).map(|t| t.join());
            Err::<(), _>(Failure::message("index", "the index is damaged".to_owned(), ""))
        });
        let mended = caught(|| {
            let _ = thread::spawn(|| panic!("of damage")).join();
            forget();
            Err::<(), _>(Failure::message("index", "the disk is full".to_owned(), ""))
        });
        let none = caught(|| -> Result<(), Failure> { Err(Failure::message("index", "plain".to_owned(), "")) });
        say_at_once();
        let said = [own, of_another, none, opening, mended]
            .map(|result| result.map_or_else(|f| f.message_text().to_owned(), |()| String::new()));
        assert!(said[0].contains("itself: own (") && said[1].contains("itself: another's ("), "{said:?}");
        assert_eq!(said[2], "plain", "what was passed over is said once");
        assert_eq!(said[3], "the index is damaged");
        assert_eq!(said[4], "the disk is full");
        assert!(passed_over.is_ok());
    }
}
