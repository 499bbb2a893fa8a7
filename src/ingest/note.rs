//! A note about a file.

use std::fmt;

use crate::digest::Warning;

/// Something to know about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    /// Its path below the corpus's folder.
    pub path: String,
    /// The line it is about.
    pub line: Option<usize>,
    /// What there is to know.
    pub message: String,
    /// Whether a digest is not indexed because of it.
    pub skipped_digest: bool,
}

impl fmt::Display for FileNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.message),
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

impl FileNote {
    pub(super) fn new(path: &str, warning: &Warning, skipped_digest: bool) -> Self {
        Self { path: path.to_owned(), line: warning.line, message: warning.message.clone(), skipped_digest }
    }
}
