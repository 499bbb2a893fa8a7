//! Progress of a run.

use std::time::Duration;

use crate::backend::Owner;

/// Observer of a run's progress.
pub trait Progress: Sync {
    /// Called each second while another run has the lock, with that run and the time for which this one still waits.
    fn wait(&self, owner: &Owner, left: Duration);
    /// Called once with the number of files to read.
    fn start(&self, files: usize);
    /// Called after each file.
    fn advance(&self);
    /// Called after the last file, before the commit.
    fn finish(&self);
    /// Called where the index proves damaged and the run starts again with a rebuild.
    fn restart(&self);
    /// Reports whether the run must end before its commit.
    fn is_stopped(&self) -> bool;
}

/// Ignores progress.
impl Progress for () {
    fn wait(&self, _: &Owner, _: Duration) {}
    fn start(&self, _: usize) {}
    fn advance(&self) {}
    fn finish(&self) {}
    fn restart(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}
