//! A batch of documents, and what the cluster says about each of them.

use std::time::Instant;

use serde::Deserialize;
use serde_json::Value;

use crate::opensearch::failure::{Failure, Kind, incomplete};

/// Lines of documents, and the end of each document.
#[derive(Debug, Default)]
pub struct Batch {
    pub lines: Vec<u8>,
    pub ends: Vec<usize>,
}

/// The answer to a batch.
#[derive(Deserialize)]
pub struct Answer {
    pub errors: bool,
    #[serde(default)]
    pub items: Vec<Item>,
}

/// The answer about a document.
#[derive(Deserialize)]
pub struct Item {
    index: Outcome,
}

#[derive(Deserialize)]
struct Outcome {
    status: u16,
    #[serde(default)]
    error: Value,
}

impl Batch {
    /// Returns the documents to send again.
    ///
    /// # Errors
    /// The cluster refuses a document for good.
    pub fn refused(&self, items: &[Item], since: Instant) -> Result<Self, Failure> {
        let mut again = Self::default();
        let mut start = 0;
        for (Item { index: Outcome { status, error } }, end) in items.iter().zip(&self.ends) {
            match status {
                200..300 => {}
                404 | 429 | 500..=504 if is_passing(*status, error, since) => {
                    again.lines.extend(&self.lines[start..*end]);
                    again.ends.push(again.lines.len());
                }
                status => return Err(refusal(*status, error)),
            }
            start = *end;
        }
        Ok(again)
    }
}

/// Reports whether a refusal ends by itself, as while the cluster has no manager.
fn is_passing(status: u16, error: &Value, since: Instant) -> bool {
    let body = serde_json::json!({ "error": error }).to_string();
    crate::opensearch::wire::failure(status, body.as_bytes()).is_none_or(|failure| failure.is_lag(since))
}

fn refusal(status: u16, error: &Value) -> Failure {
    let body = serde_json::json!({ "error": error }).to_string();
    let failure = crate::opensearch::wire::failure(status, body.as_bytes())
        .unwrap_or_else(|| incomplete(error["reason"].as_str().unwrap_or_default()));
    match failure.kind {
        Kind::Refused => {
            let message = failure.message.replacen("the request", "a document", 1);
            Failure::new(Kind::Refused, message).with_hint("try `digest-search index --rebuild FOLDER`")
        }
        _ => failure,
    }
}
