//! How far a run is.

/// Hears how far a run is.
pub trait Progress: Sync {
    /// So many files are going to be read.
    fn start(&self, files: usize);
    /// One of them is done.
    fn advance(&self);
    /// All are read; what follows is the commit.
    fn finish(&self);
    /// The index proved to be damaged: whatever went wrong came of that, and all is begun anew.
    fn anew(&self);
    /// Whether the run is to end before the commit.
    fn is_stopped(&self) -> bool;
}

/// Nobody hears.
impl Progress for () {
    fn start(&self, _: usize) {}
    fn advance(&self) {}
    fn finish(&self) {}
    fn anew(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}
