//! How commands end.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, and something was found where something was sought.
    Done = 0,
    /// It ran well and found nothing.
    NothingFound = 1,
    /// It could not be done.
    Error = 2,
}

impl Exit {
    /// It ran well, and there is something to mend.
    pub const FINDINGS: Self = Self::NothingFound;

    /// How two queries ended together: as an error where one was, and done where one found something.
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
