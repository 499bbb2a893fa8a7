//! Documents: reads and conditional changes in the index of the head, and bulk requests.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};
use ureq::http::Method;

use super::{Cluster, WRITE};
use crate::opensearch::failure::{Failure, incomplete};
use crate::opensearch::wire::{self, Request};

/// The place of a document in the history of its index; a change names the one that it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Sequence {
    #[serde(rename = "_seq_no")]
    number: u64,
    #[serde(rename = "_primary_term")]
    term: u64,
}

/// The result of a change of a document that names its last version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It was changed.
    Yes(Sequence),
    /// Another change came first.
    Conflict,
}

/// A condition of a change.
#[derive(Debug, Clone, Copy)]
pub enum Condition {
    /// The document does not exist.
    IsNew,
    /// The document is still this one.
    Is(Sequence),
    /// None: the document is written whatever there is.
    Always,
}

/// Returns the line of a bulk request that deletes a document.
pub fn delete_line(id: &str) -> String {
    format!("{{\"delete\":{{\"_id\":\"{id}\"}}}}\n")
}

impl Cluster {
    /// Reads a document of the index of the head as it was last written; `None` if it or the index does not exist. The
    /// primary shard answers: another copy may not have a change whose answer was lost.
    pub fn get<T: DeserializeOwned>(&self, id: &str) -> Result<Option<(T, Sequence)>, Failure> {
        #[derive(Deserialize)]
        struct Document<T> {
            #[serde(flatten)]
            sequence: Option<Sequence>,
            #[serde(rename = "_source")]
            source: Option<T>,
        }
        let path = format!("/{}/_doc/{id}?preference=_primary", self.name());
        let answer = self.send(Method::GET, &path, None, self.limit, &[404])?;
        if answer.status == 404 {
            return Ok(None);
        }
        let document: Document<T> = wire::parse(&answer.body)?;
        Ok(document.source.zip(document.sequence))
    }

    /// Writes a document of the index of the head.
    pub fn put(&self, id: &str, document: &Value, condition: Condition) -> Result<Changed, Failure> {
        let path = match condition {
            Condition::IsNew => format!("/{}/_doc/{id}?op_type=create", self.name()),
            Condition::Is(Sequence { number, term }) => {
                format!("/{}/_doc/{id}?if_seq_no={number}&if_primary_term={term}", self.name())
            }
            Condition::Always => format!("/{}/_doc/{id}", self.name()),
        };
        let answer = self.send(Method::PUT, &path, Some(document), self.limit, &[409])?;
        match answer.status {
            409 => Ok(Changed::Conflict),
            _ => wire::parse(&answer.body).map(Changed::Yes),
        }
    }

    /// Deletes a document of the index of the head if it is still the given one.
    pub fn delete(&self, id: &str, Sequence { number, term }: Sequence) -> Result<(), Failure> {
        let path = format!("/{}/_doc/{id}?if_seq_no={number}&if_primary_term={term}", self.name());
        self.send(Method::DELETE, &path, None, self.limit, &[404, 409]).map(drop)
    }

    /// Deletes documents of the index of the head; those that do not exist are no error.
    pub fn delete_documents(&self, ids: &[String]) -> Result<(), Failure> {
        if ids.is_empty() {
            return Ok(());
        }
        let lines: String = ids.iter().map(|id| delete_line(id)).collect();
        let path = format!("/{}/_bulk?filter_path=errors", self.name());
        let request = Request { method: Method::POST, path: &path, body: Some(lines.as_bytes()), limit: WRITE };
        self.client.read::<IgnoredAny>(&request).map(drop)
    }

    /// Reads documents of an index by id, in order. Documents that are missing are an error.
    pub fn sources<T: DeserializeOwned>(&self, index: &str, ids: &[String]) -> Result<Vec<T>, Failure> {
        #[derive(Deserialize)]
        struct Documents<T> {
            docs: Vec<Document<T>>,
        }
        #[derive(Deserialize)]
        struct Document<T> {
            #[serde(rename = "_source")]
            source: Option<T>,
        }
        let body = json!({ "ids": ids }).to_string().into_bytes();
        self.ask(&format!("/{index}/_mget"), &body, |documents: Documents<T>| {
            let sources: Option<Vec<T>> = documents.docs.into_iter().map(|document| document.source).collect();
            let sources = sources.filter(|sources| sources.len() == ids.len());
            sources.ok_or_else(|| incomplete("entries of the index are missing"))
        })
    }

    /// Sends lines of a bulk request to the index behind an alias, and returns the answer; `None` if the cluster is too busy
    /// for all of them.
    pub fn bulk<T: DeserializeOwned>(&self, alias: &str, lines: &[u8]) -> Result<Option<T>, Failure> {
        let path = format!("/{alias}/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error");
        let request = Request { method: Method::POST, path: &path, body: Some(lines), limit: WRITE };
        let answer = self.client.send(&request, &[429])?;
        match answer.status {
            429 => wire::failure(429, &answer.body).map_or(Ok(None), Err),
            _ => wire::parse(&answer.body).map(Some),
        }
    }
}
