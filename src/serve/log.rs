//! What is told of requests.

use std::net::SocketAddr;
use std::time::Duration;

/// What a request was and what became of it.
#[derive(Debug)]
pub struct Served<'a> {
    /// Who asked.
    pub peer: SocketAddr,
    /// The method.
    pub method: &'a str,
    /// The address, as it was sent.
    pub target: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The length of its body.
    pub bytes: usize,
    /// How long it took.
    pub took: Duration,
    /// Why the server could not answer, where it could not.
    pub fault: Option<&'a str>,
}

/// Hears what was served.
pub type Log = dyn Fn(&Served<'_>) + Send + Sync;
