//! Progress of a run.

/// Observer of a run's progress.
pub trait Progress: Sync {
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
    fn start(&self, _: usize) {}
    fn advance(&self) {}
    fn finish(&self) {}
    fn restart(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}
