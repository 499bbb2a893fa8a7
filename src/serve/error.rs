//! Errors at the start of a server.

use std::io;
use std::net::SocketAddr;

use crate::failure::Failure;

/// An error at the start of a server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is not available.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error of the system.
        source: io::Error,
    },
    /// Another system error.
    #[error("cannot serve")]
    System(#[from] io::Error),
}

impl Error {
    /// Returns the hint.
    pub fn hint(&self) -> Option<String> {
        let Self::Listen { address, source } = self else { return None };
        match source.kind() {
            io::ErrorKind::AddrInUse => Some(format!(
                "another program uses this port, maybe another `digest-search serve`; use --listen {}:PORT",
                address.ip()
            )),
            io::ErrorKind::PermissionDenied => Some("ports below 1024 require privileges; use another port".to_owned()),
            io::ErrorKind::AddrNotAvailable => Some("use an address of this machine".to_owned()),
            _ => None,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let hint = error.hint();
        Self::new("serve", &error, hint)
    }
}
