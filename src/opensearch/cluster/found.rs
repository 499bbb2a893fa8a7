//! Answers of searches, which are complete or errors.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::opensearch::failure::{Failure, incomplete};
use crate::opensearch::wire;

/// The answer of a search.
#[derive(Debug, Deserialize)]
pub struct Found {
    timed_out: bool,
    #[serde(rename = "_shards")]
    shards: ShardCounts,
    pub hits: Hits,
    #[serde(default)]
    pub aggregations: Value,
}

/// Numbers of shards.
#[derive(Debug, Deserialize)]
pub struct ShardCounts {
    total: u64,
    successful: u64,
    /// Number of shards that failed.
    pub failed: u64,
}

/// Hits of a search.
#[derive(Debug, Deserialize)]
pub struct Hits {
    pub total: Option<Total>,
    pub hits: Vec<HitDocument>,
}

/// Number of all hits.
#[derive(Debug, Deserialize)]
pub struct Total {
    pub value: u64,
}

/// A document of an answer.
#[derive(Debug, Deserialize)]
pub struct HitDocument {
    #[serde(rename = "_id")]
    pub id: String,
    #[serde(rename = "_score")]
    pub score: Option<f64>,
    #[serde(rename = "_source", default)]
    pub source: Value,
    #[serde(default)]
    pub fields: Value,
    #[serde(default)]
    pub sort: Value,
    #[serde(default)]
    pub matched_queries: Value,
}

impl Found {
    /// Returns the number of all hits.
    pub fn total(&self) -> u64 {
        self.hits.total.as_ref().map_or(0, |total| total.value)
    }

    /// Reports what is missing in the answer.
    fn missing(&self) -> Option<String> {
        let ShardCounts { total, successful, failed } = self.shards;
        match self.timed_out {
            true => Some("the search took too long".to_owned()),
            false if failed > 0 || successful < total => {
                Some(format!("{} of {total} shards did not answer", total - successful))
            }
            false => None,
        }
    }
}

/// Parses the answer of a search, which must be complete.
pub fn complete(answer: Value) -> Result<Found, Failure> {
    if let Some(error) = answer.get("error") {
        let status = answer["status"].as_u64().unwrap_or(500);
        let body = json!({ "error": error }).to_string();
        let failure = wire::failure(status as u16, body.as_bytes());
        return Err(failure.unwrap_or_else(|| incomplete(&wire::reason(body.as_bytes()))));
    }
    let found: Found = serde_json::from_value(answer).map_err(|error| wire::other_form(&error))?;
    match found.missing() {
        Some(missing) => Err(incomplete(&missing)),
        None => Ok(found),
    }
}
