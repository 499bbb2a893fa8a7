//! Batches of documents: sent by the threads that fill them, a few at a time, repeated until the cluster has them.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::batch::Batch;
use crate::opensearch::cluster::Cluster;
use crate::opensearch::document;
use crate::opensearch::failure::{Failure, incomplete};

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
    /// Versions with documents that are refused for good, with the reason of the first.
    refused: Mutex<BTreeMap<u64, String>>,
}

impl Batches {
    /// Returns documents to be sent to the index behind an alias.
    pub fn new(alias: String) -> Self {
        Self {
            alias,
            waiting: Mutex::default(),
            in_flight: Mutex::default(),
            is_free: Condvar::new(),
            refused: Mutex::default(),
        }
    }

    /// Adds a document, and sends a batch that is full.
    pub fn add(&self, cluster: &Cluster, number: u64, document: &Value) -> Result<(), Failure> {
        let full = {
            let mut batch = locked(&self.waiting);
            batch.push(number, document)?;
            (batch.lines.len() >= BYTES).then(|| std::mem::take(&mut *batch))
        };
        full.map_or(Ok(()), |batch| self.send(cluster, batch))
    }

    /// Sends what is left.
    pub fn flush(&self, cluster: &Cluster) -> Result<(), Failure> {
        let batch = std::mem::take(&mut *locked(&self.waiting));
        self.send(cluster, batch)
    }

    /// Takes the versions with documents that were refused so far, with a reason each.
    pub fn take_refused(&self) -> BTreeMap<u64, String> {
        std::mem::take(&mut *locked(&self.refused))
    }

    fn send(&self, cluster: &Cluster, batch: Batch) -> Result<(), Failure> {
        let in_flight = locked(&self.in_flight);
        let mut in_flight = self
            .is_free
            .wait_while(in_flight, |in_flight| *in_flight >= IN_FLIGHT)
            .unwrap_or_else(PoisonError::into_inner);
        *in_flight += 1;
        drop(in_flight);
        let sent = self.send_all(cluster, batch);
        *locked(&self.in_flight) -= 1;
        self.is_free.notify_one();
        sent
    }

    /// Sends documents until the cluster has all of them, or has refused them.
    fn send_all(&self, cluster: &Cluster, mut batch: Batch) -> Result<(), Failure> {
        let start = Instant::now();
        let (end, mut wait) = (start + LIMIT, WAIT);
        while !batch.is_empty() {
            let answer = cluster.bulk(&self.alias, &batch.lines)?;
            let (again, refused) = batch.after(&answer, start)?;
            for refused in refused {
                locked(&self.refused).entry(document::version_of(refused.number)).or_insert(refused.reason);
            }
            batch = again;
            if batch.is_empty() {
                break;
            }
            if Instant::now() + wait > end {
                return Err(incomplete("it does not take documents"));
            }
            thread::sleep(wait.mul_f64(fastrand::f64()));
            wait = (wait * 2).min(MAX_WAIT);
        }
        Ok(())
    }
}

fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
