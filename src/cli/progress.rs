//! Progress of a run of `index` on stderr.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use digest_search::backend::Owner;
use digest_search::ingest::Progress;
use indicatif::{ProgressBar, ProgressStyle};

use super::context::Context;
use super::{panics, stop};

/// A progress bar on stderr.
pub struct Bar<'a> {
    bar: ProgressBar,
    context: &'a Context,
    /// True once the user was told that this run waits.
    is_announced: AtomicBool,
}

impl<'a> Bar<'a> {
    /// Returns the progress of a run, shown on a terminal.
    pub fn new(context: &'a Context) -> Self {
        let bar = if context.terminal.progress { ProgressBar::no_length() } else { ProgressBar::hidden() };
        Self { bar, ..Self::hidden(context) }
    }

    /// Returns the progress of a run beside other output.
    pub fn hidden(context: &'a Context) -> Self {
        Self { bar: ProgressBar::hidden(), context, is_announced: AtomicBool::new(false) }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar<'_> {
    fn wait(&self, owner: &Owner, left: Duration) {
        if !self.is_announced.swap(true, Ordering::Relaxed) {
            let left = left.as_secs();
            self.context.note(&format!(
                "the index is locked by {owner}; waiting for {left} s at most, in case that run was killed"
            ));
        }
    }

    fn start(&self, files: usize) {
        if let Ok(style) = ProgressStyle::with_template("reading {bar:40} {human_pos}/{human_len} {eta}") {
            self.bar.set_style(style);
        }
        self.bar.set_length(files as u64);
    }

    fn advance(&self) {
        self.bar.inc(1);
    }

    fn finish(&self) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} writing the index") {
            self.bar.set_style(style);
        }
        self.bar.tick();
    }

    fn restart(&self) {
        self.bar.set_position(0);
        panics::forget();
    }

    fn is_stopped(&self) -> bool {
        stop::is_stopped()
    }
}
