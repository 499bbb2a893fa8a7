//! What is odd in a file.

/// Something odd in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The line it is on, counted from 1; none where it concerns the whole file.
    pub line: Option<usize>,
    /// What is odd, and what was made of it.
    pub message: String,
}

impl Warning {
    /// A warning about one line, counted from 1.
    pub fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }

    /// A warning about the whole file.
    pub fn file(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into() }
    }
}
