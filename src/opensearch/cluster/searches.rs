//! Searches.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Cluster;
use super::found::{Found, complete};
use crate::opensearch::failure::{Failure, incomplete};

/// Parameters of searches whose answers are complete or errors.
const COMPLETE: &str = "allow_partial_search_results=false";

impl Cluster {
    /// Answers searches, each of an index, in one request.
    ///
    /// # Errors
    /// An answer is not complete.
    pub fn search_all(&self, searches: &[(&str, Value)]) -> Result<Vec<Found>, Failure> {
        #[derive(Deserialize)]
        struct Responses {
            responses: Vec<Value>,
        }
        let mut body = Vec::new();
        for (index, search) in searches {
            let head = json!({ "index": index, "preference": self.preference, "allow_partial_search_results": false });
            body.extend(head.to_string().into_bytes());
            body.push(b'\n');
            body.extend(search.to_string().into_bytes());
            body.push(b'\n');
        }
        self.ask("/_msearch", &body, |answers: Responses| {
            if answers.responses.len() != searches.len() {
                return Err(incomplete("an answer is missing"));
            }
            answers.responses.into_iter().map(complete).collect()
        })
    }

    /// Answers one search of an index.
    pub fn search(&self, index: &str, search: &Value) -> Result<Found, Failure> {
        let body = search.to_string().into_bytes();
        let path =
            format!("/{index}/_search?{COMPLETE}&include_named_queries_score=true&preference={}", self.preference);
        self.ask(&path, &body, complete)
    }
}
