//! The list of files: a document a file, and the version of the entries of its digest.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cluster::{Cluster, pages};
use super::document::{check, number};
use super::failure::incomplete;
use super::head::{Head, Tally};
use super::layout::PAGE;
use super::visible::Visible;
use crate::backend::{Error, FileRecord, records};
use crate::model::DigestId;

/// A file of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The file.
    pub record: FileRecord,
    /// Version of its document.
    pub version: u64,
    /// The entries of its digest, if it is indexed.
    pub digest: Option<DigestVersion>,
}

/// The entries of a digest in an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestVersion {
    /// Their version.
    pub version: u64,
    /// Their number and the sum of their checks.
    pub tally: Tally,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    /// The encoded record.
    record: String,
    version: u64,
    digest: Option<DigestVersion>,
}

impl Listed {
    /// Returns the digest and the version of its entries, if it is indexed.
    pub fn digest(&self) -> Option<(DigestId, DigestVersion)> {
        Some((self.record.digest()?.id(), self.digest?))
    }
}

/// Returns what a file adds to the check of a commit.
pub fn tally(version: u64) -> Tally {
    Tally { count: 1, sum: check(number(version, 0)) }
}

/// Returns the document of a file.
pub fn fields(listed: &Listed, attempt: u64) -> Value {
    let Listed { record, version, digest } = listed;
    let record = STANDARD.encode(records::write(std::slice::from_ref(record)));
    let stored = Stored { record, version: *version, digest: *digest };
    json!({ "since": attempt, "version": version, "check": check(number(*version, 0)), "file": stored })
}

/// Reads the list of the last commit, sorted by path.
///
/// # Errors
/// The list is not complete or cannot be decoded.
pub fn read(cluster: &Cluster, head: &Head) -> Result<Vec<Listed>, Error> {
    let place = &cluster.address.shown;
    let damaged = || Error::Damaged { path: place.clone(), message: "the list of files cannot be read".to_owned() };
    let visible = Visible::of(head).filter();
    let index = head.indices(cluster.name()).files;
    let mut files = Vec::new();
    let search = json!({
        "size": PAGE, "query": { "bool": { "filter": [visible] } }, "sort": [{ "version": "asc" }], "_source": ["file"],
    });
    let ask = |search: &Value| cluster.search(&index, search).map_err(|failure| failure.at(place));
    pages(search, ask, &mut |mut hit| {
        let stored: Stored = serde_json::from_value(hit.source["file"].take()).map_err(|_| damaged())?;
        let record = STANDARD.decode(stored.record).ok().and_then(|bytes| records::read(&bytes)?.pop());
        files.push(Listed { record: record.ok_or_else(damaged)?, version: stored.version, digest: stored.digest });
        Ok(())
    })?;
    let mut found = Tally::default();
    files.iter().for_each(|file| found.add(tally(file.version)));
    if found != head.files {
        return Err(incomplete("it does not have all files of the last commit").at(place));
    }
    files.sort_by(|a, b| a.record.path.cmp(&b.record.path));
    Ok(files)
}
