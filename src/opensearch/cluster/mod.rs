//! A cluster: its operations in terms of OpenSearch's HTTP interface.

mod clock;
mod documents;
mod found;
mod indices;
mod searches;

pub use documents::{Changed, Condition, Sequence, delete_line};
pub use found::{Found, HitDocument};
pub use searches::pages;

use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::Method;

use super::address::Address;
use super::failure::{Failure, Kind};
use super::wire::{self, Answer, Client, Request};

/// Time limit of a request that writes.
const WRITE: Duration = Duration::from_secs(15 * 60);

/// First wait before a question is asked again; each further one doubles it.
const WAIT: Duration = Duration::from_millis(100);

/// Longest wait.
const MAX_WAIT: Duration = Duration::from_secs(2);

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
        let limit = wire::timeout()?;
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

    /// Reads JSON of a path below the cluster.
    pub fn read(&self, path: &str) -> Result<Value, Failure> {
        wire::parse(&self.send(Method::GET, path, None, self.limit, &[])?.body)
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
}
