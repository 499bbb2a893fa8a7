//! A cluster: its operations on documents and indices, in terms of OpenSearch's HTTP interface.

use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ureq::http::Method;

use super::address::Address;
use super::failure::{Failure, Kind, incomplete};
use super::wire::{Answer, Client, Request};

/// Time limit of a request that writes.
const WRITE: Duration = Duration::from_secs(15 * 60);

/// First wait before a question is asked again; each further one doubles it.
const WAIT: Duration = Duration::from_millis(100);

/// Longest wait.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// Parameters of searches whose answers are complete or errors.
const COMPLETE: &str = "allow_partial_search_results=false";

/// A cluster, and the index in it.
#[derive(Debug)]
pub struct Cluster {
    client: Client,
    /// The address of the index.
    pub address: Address,
    /// Version of OpenSearch.
    pub version: String,
    /// A random text that leads all searches to the same copies of the shards, which answer from memory what they were asked
    /// before.
    preference: String,
    /// Time limit of a question.
    limit: Duration,
}

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

#[derive(Debug, Deserialize)]
struct ShardCounts {
    total: u64,
    successful: u64,
    failed: u64,
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
    pub sort: Vec<Value>,
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

impl Cluster {
    /// Connects to the cluster at an address.
    ///
    /// # Errors
    /// No node answers, or what answers is not OpenSearch 3.
    pub fn connect(address: Address) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Greeting {
            version: Version,
        }
        #[derive(Deserialize)]
        struct Version {
            number: String,
            #[serde(default)]
            distribution: String,
        }
        let client = Client::new(&address)?;
        let preference = format!("{:016x}", fastrand::u64(..));
        let limit = super::wire::timeout()?;
        let mut cluster = Self { client, limit, address, version: String::new(), preference };
        let other = |what: String| Failure::new(Kind::OtherProduct, what).with_hint("supported is OpenSearch 3");
        let answer = cluster.send(Method::GET, "/", None, cluster.limit, &[400, 404, 405])?;
        let greeting: Greeting =
            serde_json::from_slice(&answer.body).map_err(|_| other("what answers is not OpenSearch".to_owned()))?;
        let Version { number, distribution } = greeting.version;
        cluster.version.clone_from(&number);
        match (&*distribution, number.split('.').next()) {
            ("opensearch", Some("3")) => Ok(cluster),
            ("opensearch", _) => Err(other(format!("the cluster is OpenSearch {number}"))),
            _ => Err(other(format!("the cluster is not OpenSearch (version {number})"))),
        }
    }

    /// Returns the time limit of a question.
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// Returns the name of the index.
    pub fn name(&self) -> &str {
        &self.address.name
    }

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
        let document: Document<T> = super::wire::parse(&answer.body)?;
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
            _ => super::wire::parse(&answer.body).map(Changed::Yes),
        }
    }

    /// Deletes a document of the index of the head if it is still the given one.
    pub fn delete(&self, id: &str, Sequence { number, term }: Sequence) -> Result<(), Failure> {
        let path = format!("/{}/_doc/{id}?if_seq_no={number}&if_primary_term={term}", self.name());
        self.send(Method::DELETE, &path, None, self.limit, &[404, 409]).map(drop)
    }

    /// Deletes a document of the index of the head, if it exists.
    pub fn delete_document(&self, id: &str) -> Result<(), Failure> {
        self.send(Method::DELETE, &format!("/{}/_doc/{id}", self.name()), None, self.limit, &[404]).map(drop)
    }

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

    /// Asks a question until its answer is complete or the time is over: while a node ends, its shards are missing.
    fn ask<T: DeserializeOwned, U>(
        &self,
        path: &str,
        body: &[u8],
        read: impl Fn(T) -> Result<U, Failure>,
    ) -> Result<U, Failure> {
        let start = Instant::now();
        let (end, mut wait) = (start + self.limit, WAIT);
        loop {
            let limit = end.saturating_duration_since(Instant::now());
            let request = Request { method: Method::POST, path, body: Some(body), limit };
            match self.client.read(&request).and_then(&read) {
                Err(failure)
                    if (failure.kind == Kind::Incomplete || failure.is_lag(start)) && Instant::now() + wait < end =>
                {
                    thread::sleep(wait.mul_f64(fastrand::f64()));
                    wait = (wait * 2).min(MAX_WAIT);
                }
                answer => return answer,
            }
        }
    }

    /// Sends lines of a bulk request to the index behind an alias, and returns the answer.
    pub fn bulk<T: DeserializeOwned>(&self, alias: &str, lines: &[u8]) -> Result<T, Failure> {
        let path = format!("/{alias}/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error");
        self.client.read(&Request { method: Method::POST, path: &path, body: Some(lines), limit: WRITE })
    }

    /// Makes what was sent to indices visible to searches.
    ///
    /// # Errors
    /// A shard does not answer.
    pub fn refresh(&self, indices: &str) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Refreshed {
            #[serde(rename = "_shards")]
            shards: ShardCounts,
        }
        let refreshed: Refreshed =
            super::wire::parse(&self.send(Method::POST, &format!("/{indices}/_refresh"), None, WRITE, &[])?.body)?;
        match refreshed.shards.failed {
            0 => Ok(()),
            failed => Err(incomplete(&format!("{failed} shards did not refresh"))),
        }
    }

    /// Creates an index; one that exists is kept.
    pub fn create_index(&self, name: &str, definition: &Value) -> Result<(), Failure> {
        let answer = self.send(Method::PUT, &format!("/{name}"), Some(definition), WRITE, &[400])?;
        let reason = String::from_utf8_lossy(&answer.body);
        if answer.status == 400 && !reason.contains("resource_already_exists_exception") {
            let message = format!("cannot create the index {name}: {}", super::wire::reason(&answer.body));
            return Err(Failure::new(Kind::Refused, message).with_hint("change what the cluster names, then run again"));
        }
        Ok(())
    }

    /// Deletes an index, if it exists.
    pub fn delete_index(&self, name: &str) -> Result<(), Failure> {
        self.send(Method::DELETE, &format!("/{name}"), None, WRITE, &[404]).map(drop)
    }

    /// Returns the mapping of the index of the head; `None` if there is no such index.
    pub fn mapping(&self) -> Result<Option<Value>, Failure> {
        let answer = self.send(Method::GET, &format!("/{}/_mapping", self.name()), None, self.limit, &[404])?;
        if answer.status == 404 {
            return Ok(None);
        }
        let indices: Value = super::wire::parse(&answer.body)?;
        Ok(indices.as_object().and_then(|indices| indices.values().next()).map(|index| index["mappings"].clone()))
    }

    /// Reads JSON of a path below the cluster.
    pub fn read(&self, path: &str) -> Result<Value, Failure> {
        super::wire::parse(&self.send(Method::GET, path, None, self.limit, &[])?.body)
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        limit: Duration,
        expected: &[u16],
    ) -> Result<Answer, Failure> {
        let body = body.map(|body| body.to_string().into_bytes());
        self.client.send(&Request { method, path, body: body.as_deref(), limit }, expected)
    }
}

/// Parses the answer of a search, which must be complete.
fn complete(answer: Value) -> Result<Found, Failure> {
    if let Some(error) = answer.get("error") {
        let status = answer["status"].as_u64().unwrap_or(500);
        let body = json!({ "error": error }).to_string();
        let failure = super::wire::failure(status as u16, body.as_bytes());
        return Err(failure.unwrap_or_else(|| incomplete(&super::wire::reason(body.as_bytes()))));
    }
    let found: Found = serde_json::from_value(answer).map_err(|error| super::wire::other_form(&error))?;
    match found.missing() {
        Some(missing) => Err(incomplete(&missing)),
        None => Ok(found),
    }
}
