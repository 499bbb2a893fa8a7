//! Errors of the YAML parser, with their positions.

use std::fmt;

/// A position in a file, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line number.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

/// Error of reading YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Position of the error.
    pub place: Place,
    /// Cause of the error.
    pub problem: Problem,
}

/// Cause of an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Number of bytes above the limit, and the limit.
    #[error("{0} bytes exceed the limit of {1}")]
    TooLong(usize, usize),
    /// A second document.
    #[error("expected one YAML document, found another")]
    SeveralDocuments,
    /// An alias. Nested aliases may expand without bound.
    #[error("aliases are not supported")]
    Alias,
    /// A tag, which would change the type of a value or, in some programs, include another file.
    #[error("tags such as `!include` are not supported")]
    Tag,
    /// Invalid YAML, with the message of the parser.
    #[error("invalid YAML: {0}")]
    Syntax(String),
    /// Nesting deeper than the limit.
    #[error("lists and mappings exceed the nesting limit of {0}")]
    TooDeep(usize),
    /// A list or a mapping as a key.
    #[error("expected a scalar as key")]
    KeyNotScalar,
    /// A key repeated in its mapping.
    #[error("repeated key `{0}`")]
    RepeatedKey(String),
}

impl Place {
    /// Start of a file.
    pub(super) const START: Self = Self { line: 1, column: 1 };

    /// Returns an error at this position.
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
