//! Progress of a run of `index` on stderr.

use digest_search::ingest::Progress;
use indicatif::{ProgressBar, ProgressStyle};

use super::{panics, stop};

/// A progress bar on stderr.
pub struct Bar(pub ProgressBar);

impl Bar {
    pub fn new(is_visible: bool) -> Self {
        Self(if is_visible { ProgressBar::no_length() } else { ProgressBar::hidden() })
    }
}

impl Progress for Bar {
    fn start(&self, files: usize) {
        if let Ok(style) = ProgressStyle::with_template("reading {bar:40} {human_pos}/{human_len} {eta}") {
            self.0.set_style(style);
        }
        self.0.set_length(files as u64);
    }

    fn advance(&self) {
        self.0.inc(1);
    }

    fn finish(&self) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} writing the index") {
            self.0.set_style(style);
        }
        self.0.tick();
    }

    fn restart(&self) {
        self.0.set_position(0);
        panics::forget();
    }

    fn is_stopped(&self) -> bool {
        stop::is_stopped()
    }
}
