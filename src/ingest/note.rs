//! Notes about files.

use std::fmt;

use crate::digest::Warning;

/// A note about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    /// Path relative to the corpus.
    pub path: String,
    /// Line number, from 1.
    pub line: Option<usize>,
    /// Text of the note.
    pub message: String,
    /// True if a digest is skipped for this reason.
    pub skipped_digest: bool,
    /// True if the index refuses the digest.
    pub is_refused: bool,
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
        Self {
            path: path.to_owned(),
            line: warning.line,
            message: warning.message.clone(),
            skipped_digest,
            is_refused: false,
        }
    }
}
