//! Why nothing can be served.

use std::io;
use std::net::SocketAddr;

use crate::failure::Failure;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address can't be had.
    #[error("can't listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// What serving needs of the system can't be had.
    #[error("can't serve")]
    System(#[from] io::Error),
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let Self::Listen { address, source } = self else { return None };
        match source.kind() {
            io::ErrorKind::AddrInUse => Some(format!(
                "another program has this port, maybe another `digest-search serve`; choose one with --listen {}:PORT",
                address.ip()
            )),
            io::ErrorKind::PermissionDenied => Some("ports below 1024 are not for everyone; choose another".to_owned()),
            io::ErrorKind::AddrNotAvailable => Some("name an address that this machine has".to_owned()),
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
