//! Searches.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Cluster;
use super::found::{Found, HitDocument, complete};
use crate::opensearch::failure::{Failure, incomplete};
use crate::opensearch::layout::PAGE;

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

/// Calls `each` with all hits of a search of [`PAGE`] hits a page in an order, page by page; `ask` answers a page.
///
/// # Errors
/// The first error of a page or of the callback.
pub fn pages<E>(
    mut search: Value,
    ask: impl Fn(&Value) -> Result<Found, E>,
    each: &mut dyn FnMut(HitDocument) -> Result<(), E>,
) -> Result<(), E> {
    loop {
        let hits = ask(&search)?.hits.hits;
        let is_last = hits.len() < PAGE;
        for mut hit in hits {
            search["search_after"] = std::mem::take(&mut hit.sort);
            each(hit)?;
        }
        if is_last {
            return Ok(());
        }
    }
}
