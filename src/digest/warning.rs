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
    /// Returns the warning on a digest with too many entries; none on others. Real digests have about 35.
    pub fn too_many(entries: usize) -> Option<Self> {
        const MAX_ENTRIES: usize = 10_000;
        let message = || format!("{entries} highlights, bullets and titles exceed the limit of {MAX_ENTRIES}");
        (entries > MAX_ENTRIES).then(|| Self::file(message()))
    }

    /// Returns a warning about a line, counted from 1.
    pub fn at(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }

    /// Returns a warning about the whole file.
    pub fn file(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into() }
    }
}
