//! What cannot be read as YAML, and where.

use std::fmt;

/// A place in a file, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Something that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// What cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// More bytes than are read: how many, and the limit.
    #[error("the file has {0} bytes; at most {1} are read")]
    TooLong(usize, usize),
    /// A second document.
    #[error("there is more than one document")]
    SeveralDocuments,
    /// What an alias stands for may be long, and aliases of aliases longer still.
    #[error("aliases are not understood here")]
    Alias,
    /// A tag asks for something else than what is written: another type, in some programs another file.
    #[error("tags such as `!include` are not understood here")]
    Tag,
    /// No YAML; why, in the parser's words.
    #[error("this is no YAML: {0}")]
    Syntax(String),
    /// Lists and mappings in one another, more than the limit.
    #[error("lists and mappings are more than {0} deep in one another")]
    TooDeep(usize),
    /// A list or a mapping in the place of a key.
    #[error("a key is one word")]
    KeyIsNoWord,
    /// A key that its mapping has already.
    #[error("`{0}` is there twice")]
    Twice(String),
}

impl Place {
    /// The start of a file.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// Returns the error of a problem at this place.
    pub(super) fn error(self, problem: Problem) -> Error {
        Error { place: self, problem }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {}, column {})", self.problem, self.place.line, self.place.column)
    }
}

impl std::error::Error for Error {}
