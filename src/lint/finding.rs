//! Findings of a check.

use super::code::Code;

/// A problem in a corpus or an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path of the file, relative to the working directory; `None` if the finding concerns no file.
    pub path: Option<String>,
    /// Line number, from 1.
    pub line: Option<usize>,
    /// Code of the finding.
    pub code: Code,
    /// Id of the topic, where known.
    pub topic: Option<String>,
    /// Description of the problem.
    pub message: String,
    /// Next step, where the message does not imply it.
    pub hint: Option<&'static str>,
}

impl Finding {
    /// Returns a finding about a file or folder.
    pub fn of(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: Some(path.into()), line: None, code, topic: None, message: message.into(), hint: None }
    }
}
