//! One finding.

use super::code::Code;

/// Something that should be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, as it can be opened from here; none where it is about no file.
    pub path: Option<String>,
    /// The line that it is about, from 1.
    pub line: Option<usize>,
    /// Which sort of finding it is.
    pub code: Code,
    /// The id of the topic, where it is known.
    pub topic: Option<String>,
    /// What is found.
    pub message: String,
    /// What to do about it, where that is not for the owner to know.
    pub hint: Option<&'static str>,
}

impl Finding {
    /// About a file or folder.
    pub fn of(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: Some(path.into()), line: None, code, topic: None, message: message.into(), hint: None }
    }
}
