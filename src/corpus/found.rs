//! What is found in a folder.

use std::io;

use super::stat::Stat;

/// What is said of a file or folder whose path the system does not take.
pub const TOO_LONG: &str = "its path is longer than the system takes; move it up, or index a folder further down";

/// The Markdown files of a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Relative path, with `/` between folders, and what the file system says of the file; sorted by path.
    pub files: Vec<(String, Stat)>,
    /// Relative paths that were left out, and why; sorted.
    pub left_out: Vec<(String, String)>,
    /// Folders that could not be read, and why. What is in them is unknown, which is not the same as gone.
    pub unreadable: Vec<(String, io::Error)>,
}

impl Found {
    /// What is gone while the folder is read is as if it had never been there. What has too long a path could not be read
    /// before, either: it is named, and nothing that was indexed is lost over it.
    pub(super) fn unreadable(&mut self, name: String, error: io::Error) {
        match error.kind() {
            io::ErrorKind::NotFound => {}
            io::ErrorKind::InvalidFilename => self.left_out.push((name, TOO_LONG.to_owned())),
            _ => self.unreadable.push((name, error)),
        }
    }
}
