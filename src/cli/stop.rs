//! Ctrl-C and SIGTERM while an index is written: the run ends before its commit, or with it. A second signal ends the
//! process at once, which loses no data, but leaves files for the next run to delete.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

/// The exit code of shells for a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

static IS_STOPPED: AtomicBool = AtomicBool::new(false);

/// Handles signals from now on: the first sets [`is_stopped`] and calls `call`.
pub fn on_signal(call: impl FnOnce() + Send + 'static) {
    let Ok(runtime) = Builder::new_current_thread().enable_io().build() else { return };
    let signals = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    };
    // Without handlers, signals end the process as usual.
    let (Ok(mut interrupt), Ok(mut terminate)) = signals else { return };
    thread::spawn(move || {
        runtime.block_on(async {
            let mut next_signal = async || tokio::select! { _ = interrupt.recv() => (), _ = terminate.recv() => () };
            next_signal().await;
            IS_STOPPED.store(true, Ordering::Relaxed);
            call();
            next_signal().await;
        });
        #[allow(clippy::exit, reason = "the second signal ends the process at once")]
        process::exit(INTERRUPTED)
    });
}

/// Reports whether a signal has arrived.
pub fn is_stopped() -> bool {
    IS_STOPPED.load(Ordering::Relaxed)
}
