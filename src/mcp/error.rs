//! Errors of a server.

use crate::failure::Failure;

/// An error of a server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The client does not speak the protocol.
    #[error("cannot begin a session: {0}")]
    Session(String),
    /// A system error.
    #[error("cannot serve")]
    System(#[from] std::io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let hint = "an assistant starts `digest-search mcp`; docs/assistants.md shows the settings of common ones";
        Self::new("mcp", &error, Some(hint.to_owned()))
    }
}
