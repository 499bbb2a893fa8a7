//! Ctrl-C and SIGTERM while an index is written: the run ends before its commit, or with it. Told again, it ends at once,
//! which loses nothing either, but leaves something to be cleared away by the next run.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

/// As shells say of a process that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

static TOLD: AtomicBool = AtomicBool::new(false);

/// From now on, the process ends by itself when it is told to; calls when that is.
pub fn heed(call: impl FnOnce() + Send + 'static) {
    let Ok(runtime) = Builder::new_current_thread().enable_io().build() else { return };
    let signals = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    };
    // Where they can't be had, they end the process as they always do.
    let (Ok(mut interrupt), Ok(mut terminate)) = signals else { return };
    thread::spawn(move || {
        runtime.block_on(async {
            let mut told = async || tokio::select! { _ = interrupt.recv() => (), _ = terminate.recv() => () };
            told().await;
            TOLD.store(true, Ordering::Relaxed);
            call();
            told().await;
        });
        #[allow(clippy::exit, reason = "nobody waits for what goes on")]
        process::exit(INTERRUPTED)
    });
}

/// Whether it was told to end.
pub fn is_told() -> bool {
    TOLD.load(Ordering::Relaxed)
}
