//! A synchronous client: the next node on failures, a time limit for all attempts together.
//!
//! Every request may be sent twice: searches change nothing, entries have ids of their own, and changes of the head name
//! the version that they change.

use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use ureq::Agent;
use ureq::http::{HeaderValue, Method};

use super::missing::{failure_of, unreachable};
use super::nodes::Nodes;
use super::{access, refusal};
use crate::opensearch::address::Address;
use crate::opensearch::failure::{Failure, Kind, incomplete};

/// Time limit of a connection to one node.
const CONNECT: Duration = Duration::from_secs(5);

/// The largest answer in bytes.
const MAX_ANSWER: u64 = 512 << 20;

/// Longest wait that a node may ask for.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// A request.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The path with its parameters.
    pub path: &'a str,
    /// The body: JSON, or lines of it.
    pub body: Option<&'a [u8]>,
    /// The time limit of all attempts together.
    pub limit: Duration,
}

/// An answer: a success, or a refusal that the caller expects.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// A client of a cluster.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    nodes: Nodes,
    /// Marked as sensitive, so that no text for debugging has it.
    authorization: Option<HeaderValue>,
}

/// The result of one attempt without an answer.
enum Missed {
    /// Another attempt may succeed, after a wait that the node asks for.
    Again(Failure, Option<Duration>),
    Never(Failure),
}

impl Client {
    /// Returns a client of the cluster at an address.
    ///
    /// # Errors
    /// The credentials or certificates cannot be used.
    pub fn new(address: &Address) -> Result<Self, Failure> {
        let authorization = access::authorization()?;
        if authorization.is_some() && !address.is_private {
            return Err(Failure::new(Kind::Address, "credentials are not sent over plain HTTP")
                .with_hint("write the address with https://"));
        }
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_connect(Some(CONNECT))
            .tls_config(access::tls()?)
            .user_agent(concat!("digest-search/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self { agent, nodes: Nodes::new(address.nodes.clone()), authorization })
    }

    /// Sends a request and returns its answer, whose status is below 300 or one of the expected ones.
    ///
    /// # Errors
    /// No node answers within the limit, or the cluster refuses the request.
    pub fn send(&self, request: &Request<'_>, expected: &[u16]) -> Result<Answer, Failure> {
        let start = Instant::now();
        let end = start + request.limit;
        let mut last = None;
        loop {
            let (node, mut wait) = self.nodes.choose();
            let missed = if Instant::now() + wait < end {
                thread::sleep(wait);
                self.attempt(request, expected, node, start)
            } else {
                // The reason of the last attempt says more.
                Err(Missed::Again(last.take().unwrap_or_else(|| self.silent(node)), None))
            };
            let failure = match missed {
                Ok(answer) => return Ok(answer),
                Err(Missed::Never(failure)) => return Err(failure),
                Err(Missed::Again(failure, asked)) => {
                    wait = asked.unwrap_or_default().min(MAX_WAIT);
                    failure
                }
            };
            if self.nodes.are_unknown() || Instant::now() + wait >= end {
                return Err(failure);
            }
            last = Some(failure);
            thread::sleep(wait);
        }
    }

    /// Sends a request and reads its answer.
    pub fn read<T: DeserializeOwned>(&self, request: &Request<'_>) -> Result<T, Failure> {
        parse(&self.send(request, &[])?.body)
    }

    fn silent(&self, node: usize) -> Failure {
        unreachable(self.nodes.address(node), "no node answered in time")
    }

    fn attempt(&self, request: &Request<'_>, expected: &[u16], node: usize, start: Instant) -> Result<Answer, Missed> {
        let (status, wait, body) = self.call(request, node, start + request.limit).map_err(|error| {
            self.nodes.failed(node);
            let address = self.nodes.address(node);
            match failure_of(address, &error) {
                failure if failure.kind == Kind::Certificate => Missed::Never(failure),
                failure => Missed::Again(failure, None),
            }
        })?;
        if status < 300 && is_cut(&body) {
            self.nodes.failed(node);
            return Err(Missed::Again(unreachable(self.nodes.address(node), "the answer is cut off"), None));
        }
        if status < 300 || expected.contains(&status) {
            self.nodes.succeeded(node);
            return Ok(Answer { status, body });
        }
        match refusal::failure(status, &body) {
            Some(failure) if failure.is_lag(start) => {
                self.nodes.refused(node);
                Err(Missed::Again(failure, None))
            }
            Some(failure) => {
                self.nodes.succeeded(node);
                Err(Missed::Never(failure))
            }
            None => {
                self.nodes.refused(node);
                let reason = refusal::reason(&body);
                let message = format!("{} cannot answer now (status {status}): {reason}", self.nodes.address(node));
                let failure = Failure::new(Kind::Incomplete, message)
                    .with_hint("try again; `digest-search status` shows the health of the cluster");
                Err(Missed::Again(failure, wait))
            }
        }
    }

    fn call(
        &self,
        request: &Request<'_>,
        node: usize,
        end: Instant,
    ) -> Result<(u16, Option<Duration>, Vec<u8>), ureq::Error> {
        let builder = ureq::http::Request::builder()
            .method(request.method.clone())
            .uri(format!("{}{}", self.nodes.address(node), request.path))
            .header(
                "content-type",
                if request.path.contains("_bulk") || request.path.contains("_msearch") {
                    "application/x-ndjson"
                } else {
                    "application/json"
                },
            );
        let builder = match &self.authorization {
            Some(value) => builder.header("authorization", value),
            None => builder,
        };
        let limit = Some(end.saturating_duration_since(Instant::now()));
        let mut response = match request.body {
            Some(body) => {
                let sent = self.agent.configure_request(builder.body(body)?).timeout_global(limit).build();
                self.agent.run(sent)?
            }
            None => self.agent.run(self.agent.configure_request(builder.body(())?).timeout_global(limit).build())?,
        };
        let wait = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec()?;
        Ok((response.status().as_u16(), wait.map(Duration::from_secs), body))
    }
}

/// Parses the body of an answer.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        if error.is_eof() {
            return incomplete("an answer is cut off");
        }
        other_form(&error)
    })
}

/// Returns the failure for an answer in another form.
pub fn other_form(error: &serde_json::Error) -> Failure {
    Failure::new(Kind::OtherProduct, format!("an answer is not as OpenSearch 3 writes it: {error}"))
        .with_hint("supported is OpenSearch 3; a proxy in between may change answers")
}

/// Reports whether JSON ends early. This sees most cuts without parsing twice.
fn is_cut(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    body.starts_with(b"{") && !body.ends_with(b"}")
}
