//! A batch of documents, and the answer of the cluster about each of them.

use std::time::Instant;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::opensearch::document;
use crate::opensearch::failure::{Failure, Kind, incomplete};
use crate::opensearch::wire;

/// Documents as lines of a bulk request.
#[derive(Debug, Default)]
pub struct Batch {
    /// The lines.
    pub lines: Vec<u8>,
    /// The number of each document, and the end of its lines.
    documents: Vec<(u64, usize)>,
}

/// A document that is refused for good.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number.
    pub number: u64,
    /// The reason.
    pub reason: String,
}

/// The answer to a batch.
#[derive(Debug, Deserialize)]
pub struct Answer {
    errors: bool,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Item {
    index: Outcome,
}

#[derive(Debug, Deserialize)]
struct Outcome {
    status: u16,
    #[serde(default)]
    error: Value,
}

impl Batch {
    /// Adds a document.
    pub fn push(&mut self, number: u64, document: &Value) -> Result<(), Failure> {
        self.lines.extend(format!("{{\"index\":{{\"_id\":\"{}\"}}}}\n", document::id(number)).into_bytes());
        serde_json::to_writer(&mut self.lines, document)
            .map_err(|error| Failure::new(Kind::Refused, error.to_string()))?;
        self.lines.push(b'\n');
        self.documents.push((number, self.lines.len()));
        Ok(())
    }

    /// Reports whether it has no documents.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Returns the documents to send again, and those that are refused for good; `start` is the time of the first attempt.
    ///
    /// # Errors
    /// The cluster refuses to write.
    pub fn after(self, answer: &Answer, start: Instant) -> Result<(Self, Vec<Refused>), Failure> {
        // An answer about another number of documents says nothing about them.
        if answer.items.len() != self.documents.len() {
            return Ok((self, Vec::new()));
        }
        let (mut again, mut refused) = (Self::default(), Vec::new());
        if !answer.errors {
            return Ok((again, refused));
        }
        let mut from = 0;
        for (Item { index: Outcome { status, error } }, (number, end)) in answer.items.iter().zip(&self.documents) {
            let body = json!({ "error": error }).to_string().into_bytes();
            match status {
                200..300 => {}
                404 | 429 | 500..=504 if is_passing(*status, &body, start) => {
                    again.lines.extend(&self.lines[from..*end]);
                    again.documents.push((*number, again.lines.len()));
                }
                status => match wire::failure(*status, &body) {
                    Some(failure) if failure.kind == Kind::Refused && *status == 400 => {
                        refused.push(Refused { number: *number, reason: wire::reason(&body) });
                    }
                    Some(failure) => return Err(failure),
                    None => return Err(incomplete(&wire::reason(&body))),
                },
            }
            from = *end;
        }
        Ok((again, refused))
    }
}

/// Reports whether a refusal ends by itself, as while the cluster has no manager.
fn is_passing(status: u16, body: &[u8], start: Instant) -> bool {
    wire::failure(status, body).is_none_or(|failure| failure.is_lag(start))
}
