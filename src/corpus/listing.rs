//! Listing of a corpus.

use std::io;

use super::stat::Stat;

/// Message for a path longer than the system allows.
pub const TOO_LONG: &str = "path too long for the system; move the file up, or index a deeper folder";

/// Markdown files of a corpus.
#[derive(Debug, Default)]
pub struct Listing {
    /// Relative path, with `/` as separator, and metadata of each file; sorted by path.
    pub files: Vec<(String, Stat)>,
    /// Relative path of each skipped file or folder, with the reason; sorted.
    pub skipped: Vec<(String, String)>,
    /// Unreadable files and folders, with the cause. Their content is unknown, so it does not count as removed.
    pub unreadable: Vec<(String, io::Error)>,
}

impl Listing {
    /// Adds an unreadable file or folder. Ignores one removed during the walk. Skips one whose path is too long: it was
    /// never indexed, so nothing is lost.
    pub(super) fn add_unreadable(&mut self, name: String, error: io::Error) {
        match error.kind() {
            io::ErrorKind::NotFound => {}
            io::ErrorKind::InvalidFilename => self.skipped.push((name, TOO_LONG.to_owned())),
            _ => self.unreadable.push((name, error)),
        }
    }
}
