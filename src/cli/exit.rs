//! Exit codes.

use std::process::ExitCode;

/// The exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Success.
    Done = 0,
    /// Success with an empty result.
    NothingFound = 1,
    /// Failure.
    Error = 2,
}

impl Exit {
    /// Success with findings.
    pub const FINDINGS: Self = Self::NothingFound;

    /// Combines the exit codes of two queries: an error if one failed, done if one found something.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Error, _) | (_, Self::Error) => Self::Error,
            (Self::Done, _) | (_, Self::Done) => Self::Done,
            (Self::NothingFound, Self::NothingFound) => Self::NothingFound,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
