//! Decisions of a folder about the reading of one file.

use xxhash_rust::xxh3::xxh3_64;

/// Decisions about a file that depend on other files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Id of the topic.
    pub topic: String,
    /// Name of the topic.
    pub topic_name: String,
    /// Kind of the place of the topic, unless the file itself names it.
    pub topic_place: Option<&'static str>,
    /// Rest of the path, which distinguishes digests of a topic and day.
    pub variant: String,
    /// Language of the digest.
    pub lang: Option<String>,
    /// Kind of the place of the language, unless the file itself names it.
    pub lang_place: Option<&'static str>,
    /// Keys of the file's parts and items that belong to its page rather than to the digest, since they recur; sorted.
    pub recurring: Vec<u64>,
}

impl Reading {
    /// Returns a hash of the decisions. A file is read again when it changes.
    pub fn fingerprint(&self) -> u64 {
        xxh3_64(format!("{self:?}").as_bytes())
    }
}
