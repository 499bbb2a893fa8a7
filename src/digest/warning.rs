//! Warnings about files.

/// A problem in a file that does not prevent reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Line number, from 1; none for the whole file.
    pub line: Option<usize>,
    /// Problem, and how it was resolved.
    pub message: String,
}

impl Warning {
    /// Returns a warning about a line, counted from 1.
    pub fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }

    /// Returns a warning about the whole file.
    pub fn file(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into() }
    }
}
