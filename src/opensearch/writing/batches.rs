//! Batches of documents: sent by the threads that fill them, a few at a time, repeated until the cluster has them.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::batch::{Answer, Batch};
use crate::opensearch::cluster::Cluster;
use crate::opensearch::failure::{Failure, Kind, incomplete};

/// Size in bytes of a batch.
const BYTES: usize = 5 << 20;

/// Number of batches that are sent at a time.
const IN_FLIGHT: usize = 2;

/// Time limit of a batch.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// First wait before documents are sent again; each further one doubles it.
const WAIT: Duration = Duration::from_millis(200);

/// Longest wait.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Documents to be sent to an index.
#[derive(Debug)]
pub struct Batches {
    /// The alias of the index.
    alias: String,
    waiting: Mutex<Batch>,
    in_flight: Mutex<usize>,
    is_free: Condvar,
}

impl Batches {
    /// Returns documents to be sent to the index behind an alias.
    pub fn new(alias: String) -> Self {
        Self { alias, waiting: Mutex::default(), in_flight: Mutex::default(), is_free: Condvar::new() }
    }

    /// Adds a document, and sends a batch that is full.
    pub fn add(&self, cluster: &Cluster, id: &str, document: &Value) -> Result<(), Failure> {
        let full = {
            let mut batch = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            batch.lines.extend(format!("{{\"index\":{{\"_id\":\"{id}\"}}}}\n").into_bytes());
            serde_json::to_writer(&mut batch.lines, document)
                .map_err(|error| Failure::new(Kind::Refused, error.to_string()))?;
            batch.lines.push(b'\n');
            let end = batch.lines.len();
            batch.ends.push(end);
            (end >= BYTES).then(|| std::mem::take(&mut *batch))
        };
        full.map_or(Ok(()), |batch| self.send(cluster, batch))
    }

    /// Sends what is left.
    pub fn flush(&self, cluster: &Cluster) -> Result<(), Failure> {
        let batch = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        self.send(cluster, batch)
    }

    fn send(&self, cluster: &Cluster, batch: Batch) -> Result<(), Failure> {
        let in_flight = self.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        let mut in_flight = self
            .is_free
            .wait_while(in_flight, |in_flight| *in_flight >= IN_FLIGHT)
            .unwrap_or_else(PoisonError::into_inner);
        *in_flight += 1;
        drop(in_flight);
        let sent = send_all(cluster, &self.alias, batch);
        *self.in_flight.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.is_free.notify_one();
        sent
    }
}

/// Sends documents until the cluster has all of them.
fn send_all(cluster: &Cluster, alias: &str, mut batch: Batch) -> Result<(), Failure> {
    let start = Instant::now();
    let (end, mut wait) = (start + LIMIT, WAIT);
    while !batch.ends.is_empty() {
        let answer: Answer = cluster.bulk(alias, &batch.lines)?;
        // An answer about another number of documents says nothing about them.
        let is_whole = answer.items.len() == batch.ends.len();
        if is_whole && !answer.errors {
            return Ok(());
        }
        if is_whole {
            batch = batch.refused(&answer.items, start)?;
        }
        if Instant::now() + wait > end {
            return Err(incomplete("it does not take documents"));
        }
        thread::sleep(wait.mul_f64(fastrand::f64()));
        wait = (wait * 2).min(MAX_WAIT);
    }
    Ok(())
}
