//! Batches of documents: sent by the threads that fill them, a few at a time, repeated until the cluster has them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::batch::Batch;
use super::flow::Flow;
use crate::opensearch::cluster::Cluster;
use crate::opensearch::document;
use crate::opensearch::failure::{Failure, incomplete};

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
    flow: Arc<Flow>,
    waiting: Mutex<Batch>,
    /// Versions with documents that are refused for good, with the reason of the first.
    refused: Mutex<BTreeMap<u64, String>>,
}

impl Batches {
    /// Returns documents to be sent to the index behind an alias.
    pub fn new(alias: String, flow: Arc<Flow>) -> Self {
        Self { alias, flow, waiting: Mutex::default(), refused: Mutex::default() }
    }

    /// Adds a document, and sends a batch that is full.
    pub fn add(&self, cluster: &Cluster, number: u64, document: &Value) -> Result<(), Failure> {
        let full = {
            let mut batch = locked(&self.waiting);
            batch.push(number, document)?;
            (batch.lines.len() >= self.flow.bytes()).then(|| std::mem::take(&mut *batch))
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
        self.flow.send(|| self.send_all(cluster, batch))
    }

    /// Sends documents until the cluster has all of them, or has refused them. Those that it is too busy for are sent again, in
    /// smaller batches.
    fn send_all(&self, cluster: &Cluster, batch: Batch) -> Result<(), Failure> {
        let start = Instant::now();
        let (end, mut wait) = (start + LIMIT, WAIT);
        let mut waiting = batch;
        while !waiting.is_empty() {
            let (mut batch, rest) = waiting.split(self.flow.bytes());
            let answer = cluster.bulk(&self.alias, &batch.lines)?;
            let mut is_busy = answer.is_none();
            if let Some(answer) = answer {
                let refused;
                (batch, refused, is_busy) = batch.after(&answer, start)?;
                for refused in refused {
                    locked(&self.refused).entry(document::version_of(refused.number)).or_insert(refused.reason);
                }
            }
            if is_busy {
                self.flow.slow_down();
            }
            let is_done = batch.is_empty();
            waiting = batch.with(rest);
            if is_done {
                wait = WAIT;
                continue;
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
