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

    /// Splits it after the document with which it has some bytes.
    pub fn split(mut self, bytes: usize) -> (Self, Self) {
        let at = self.documents.partition_point(|(_, end)| *end < bytes) + 1;
        let at = at.min(self.documents.len());
        let size = at.checked_sub(1).map_or(0, |last| self.documents[last].1);
        let lines = self.lines.split_off(size);
        let documents = self.documents.split_off(at).into_iter().map(|(number, end)| (number, end - size)).collect();
        (self, Self { lines, documents })
    }

    /// Adds the documents of another batch.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        let size = self.lines.len();
        self.lines.extend(other.lines);
        self.documents.extend(other.documents.into_iter().map(|(number, end)| (number, size + end)));
        self
    }

    /// Returns the documents to send again, those that are refused for good, and whether the cluster was too busy for some;
    /// `start` is the time of the first attempt.
    ///
    /// # Errors
    /// The cluster refuses to write.
    pub fn after(self, answer: &Answer, start: Instant) -> Result<(Self, Vec<Refused>, bool), Failure> {
        // An answer about another number of documents says nothing about them.
        if answer.items.len() != self.documents.len() {
            return Ok((self, Vec::new(), false));
        }
        let (mut again, mut refused) = (Self::default(), Vec::new());
        if !answer.errors {
            return Ok((again, refused, false));
        }
        let (mut from, mut is_busy) = (0, false);
        for (Item { index: Outcome { status, error } }, (number, end)) in answer.items.iter().zip(&self.documents) {
            let body = json!({ "error": error }).to_string().into_bytes();
            match status {
                200..300 => {}
                404 | 429 | 500..=504 if is_passing(*status, &body, start) => {
                    is_busy |= *status == 429;
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
        Ok((again, refused, is_busy))
    }
}

/// Reports whether a refusal ends by itself, as while the cluster has no manager.
fn is_passing(status: u16, body: &[u8], start: Instant) -> bool {
    wire::failure(status, body).is_none_or(|failure| failure.is_lag(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(numbers: std::ops::Range<u64>) -> Batch {
        let mut batch = Batch::default();
        numbers.for_each(|number| batch.push(number, &json!({})).expect("a document"));
        batch
    }

    #[test]
    fn a_batch_is_split_between_documents() {
        let line = batch(0..1).lines.len();
        for (bytes, expected) in
            [(0, 1), (1, 1), (line, 1), (line + 1, 2), (2 * line, 2), (2 * line + 1, 3), (9 * line, 3)]
        {
            let (first, rest) = batch(0..3).split(bytes);
            assert_eq!((first.documents.len(), rest.documents.len()), (expected, 3 - expected), "{bytes}");
            assert_eq!(rest.lines, batch(expected as u64..3).lines);
            let all = first.with(rest);
            assert_eq!((all.lines, all.documents), (batch(0..3).lines, batch(0..3).documents));
        }
        assert!(Batch::default().split(1).0.is_empty());
    }

    #[test]
    fn only_documents_without_a_place_are_sent_again() {
        let busy = r#"{"index":{"status":429,"error":{"type":"rejected_execution_exception","reason":"full"}}}"#;
        let bad = r#"{"index":{"status":400,"error":{"type":"x","reason":"no date"}}}"#;
        let items = format!(r#"{{"errors":true,"items":[{{"index":{{"status":201}}}},{busy},{bad}]}}"#);
        let answer: Answer = serde_json::from_str(&items).expect("an answer");
        let (again, refused, is_busy) = batch(0..3).after(&answer, Instant::now()).expect("documents");
        assert_eq!((again.lines, is_busy), (batch(1..2).lines, true));
        assert_eq!(refused, [Refused { number: 2, reason: "no date".to_owned() }]);
    }
}
