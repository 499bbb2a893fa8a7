//! What is asked for, and what of it the client has already.

use hyper::header::{HeaderMap, IF_NONE_MATCH};

use crate::engine::Reader;

/// What is asked for.
pub struct Target {
    /// The path, without what a proxy has before it, and the parameters.
    pub address: String,
    /// The address of the server, as it was asked.
    pub base: String,
    /// The tags of answers that the client has.
    known: String,
}

impl Target {
    pub fn new(address: String, base: String, headers: &HeaderMap) -> Self {
        let tags = headers.get_all(IF_NONE_MATCH).iter();
        let known: Vec<u8> = tags.flat_map(|tags| [tags.as_bytes(), b","].concat()).collect();
        Self { address, base, known: String::from_utf8_lossy(&known).into_owned() }
    }

    /// Stands for what this version answers to it, from a commit.
    pub fn etag(&self, reader: &Reader) -> String {
        let Self { address, base, .. } = self;
        let text = format!("{} {:016x} {base} {address}", env!("CARGO_PKG_VERSION"), reader.fingerprint());
        format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
    }

    /// Whether the client has that answer.
    pub fn is_known(&self, etag: &str) -> bool {
        self.known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
    }
}
