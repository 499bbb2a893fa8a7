//! A server without a network, for fuzzing. Compiled only with `--cfg fuzzing`, which cargo-fuzz sets.

use std::path::PathBuf;

use hyper::header::{HOST, HeaderMap, HeaderValue};
use hyper::{Method, Uri};
use tokio::runtime::Runtime;

use super::LISTEN;
use super::limits::Limits;
use super::site::Site;

/// Answers as a server that listens at [`LISTEN`] does.
pub struct FuzzServer {
    site: Site,
    runtime: Runtime,
}

impl FuzzServer {
    /// Returns a server of an index.
    pub fn new(index: PathBuf) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { site: Site::new(index, LISTEN, None, None, &Limits::default()), runtime })
    }

    /// Returns status and body of the answer to a GET request; `None` if the target, path and parameters, is not a valid URI.
    pub fn answer(&self, target: &str) -> Option<(u16, Vec<u8>)> {
        let uri: Uri = target.parse().ok()?;
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_str(&LISTEN.to_string()).ok()?);
        let reply = self.runtime.block_on(self.site.answer(LISTEN, &Method::GET, &uri, &headers));
        Some((reply.status().as_u16(), reply.into_body()))
    }
}
