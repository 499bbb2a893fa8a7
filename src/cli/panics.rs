//! Panics as errors. A damaged index can cause one, since Tantivy trusts the bytes it reads.

use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use digest_search::index::OPENING;
use digest_search::render::shown;

use super::failure::Failure;

/// Message and location of the first panic: later ones are its consequences.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

const HINT: &str = "the index may be damaged: run `digest-search check`; if it is not, please report this bug";

/// The thread of Tantivy in which a panic aborts the process.
const ABORTING_THREAD: &str = "segment_updater";

/// Runs `work` and turns a panic into an error, also one of another thread that made `work` fail. A panic of another
/// thread that did not is a warning.
pub fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    panic::set_hook(Box::new(|info| {
        // Reported as damage by the opener.
        if thread::current().name() == Some(OPENING) {
            return;
        }
        let message = panic_message(info);
        if thread::current().name() == Some(ABORTING_THREAD) {
            let _ = io::stderr().write_all(failure(&message).text(false).as_bytes());
        }
        first().get_or_insert(message);
    }));
    match (panic::catch_unwind(AssertUnwindSafe(work)).ok(), first().take()) {
        (Some(done), None) => done,
        (Some(Ok(done)), Some(message)) => {
            let _ = writeln!(io::stderr(), "warning: {}; {HINT}", text(&message));
            Ok(done)
        }
        (_, message) => Err(failure(&message.unwrap_or_default())),
    }
}

/// Forgets a panic caused by damage that a rebuild repairs.
pub fn forget() {
    first().take();
}

fn first() -> MutexGuard<'static, Option<String>> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the message and location of a panic.
fn panic_message(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let message = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("unknown reason");
    let place = info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
    format!("{message}{place}")
}

fn text(message: &str) -> String {
    format!("internal error: {}", shown(message))
}

fn failure(message: &str) -> Failure {
    Failure::message("internal", text(message), HINT)
}

/// Reports panics on stderr as they happen from now on, for processes that survive one.
pub fn report_at_once() {
    drop(panic::take_hook());
    let say = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(OPENING) {
            say(info);
        }
    }));
}

/// Reports panics by `say` from now on, which must not block.
pub fn report_with(say: impl Fn(String) + Send + Sync + 'static) {
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(OPENING) {
            say(format!("error: {}; {HINT}", text(&panic_message(info))));
        }
    }));
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn panics_of_all_threads_become_errors() {
        let own = caught(|| -> Result<(), Failure> { panic!("own") });
        let of_another = caught(|| -> Result<(), Failure> {
            let _ = thread::spawn(|| panic!("another's")).join();
            Err(Failure::message("index", "a thread ended".to_owned(), ""))
        });
        let ignored = caught(|| {
            let _ = thread::spawn(|| panic!("another's")).join();
            Ok(())
        });
        let opening = caught(|| {
            let _ = thread::Builder::new().name(OPENING.to_owned()).spawn(|| panic!("damage")).map(|t| t.join());
            Err::<(), _>(Failure::message("index", "the index is damaged".to_owned(), ""))
        });
        let repaired = caught(|| {
            let _ = thread::spawn(|| panic!("of damage")).join();
            forget();
            Err::<(), _>(Failure::message("index", "the disk is full".to_owned(), ""))
        });
        let none = caught(|| -> Result<(), Failure> { Err(Failure::message("index", "plain".to_owned(), "")) });
        report_at_once();
        let message = [own, of_another, none, opening, repaired]
            .map(|result| result.map_or_else(|f| f.message_text().to_owned(), |()| String::new()));
        assert!(message[0].contains("error: own (") && message[1].contains("error: another's ("), "{message:?}");
        assert_eq!(message[2], "plain", "an ignored panic is reported once");
        assert_eq!(message[3], "the index is damaged");
        assert_eq!(message[4], "the disk is full");
        assert!(ignored.is_ok());
    }
}
