//! The write lock: a document that its owner renews. A lock that does not change for a minute was left by a killed run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::backend::{Error, Owner, Wait};
use crate::opensearch::cluster::{Changed, Cluster, Condition, Sequence};
use crate::opensearch::failure::Failure;
use crate::opensearch::layout::LOCK;

/// Time between renewals.
const RENEWAL: Duration = Duration::from_secs(10);

/// Time after which a lock without a renewal is taken over, by the clock of the one who takes it.
const STALE: Duration = Duration::from_secs(60);

/// Time after which a wait is reported.
const QUIET: Duration = Duration::from_secs(2);

/// Time between looks at a lock of another run.
const LOOK: Duration = Duration::from_secs(1);

#[derive(Serialize, Deserialize)]
struct Stored {
    run: String,
    owner: Owner,
    renewals: u64,
}

/// The write lock of an index, renewed until dropped.
pub struct Lock {
    stop: Option<Sender<()>>,
    renewing: Option<JoinHandle<()>>,
    is_lost: Arc<AtomicBool>,
}

impl Lock {
    /// Takes the lock. Waits until a lock of another run changes, which shows that it is at work, or has not changed for a
    /// minute.
    ///
    /// # Errors
    /// Another run has the lock.
    pub fn take(cluster: &Arc<Cluster>, run: &str, owner: &Owner, wait: &Wait<'_>) -> Result<Self, Error> {
        let fail = |failure: Failure| failure.at(&cluster.address.shown);
        let document = json!(Stored { run: run.to_owned(), owner: owner.clone(), renewals: 0 });
        let mut condition = Condition::IsNew;
        loop {
            if let Changed::Yes(sequence) = cluster.put(LOCK, &document, condition).map_err(fail)? {
                return Ok(Self::renewed(cluster, run, owner, sequence));
            }
            condition = match cluster.get::<Stored>(LOCK).map_err(fail)? {
                None => Condition::IsNew,
                // An answer that was lost: the lock is this run's own.
                Some((stored, sequence)) if stored.run == run => {
                    return Ok(Self::renewed(cluster, run, owner, sequence));
                }
                Some((_, sequence)) => outwait(cluster, sequence, wait)?,
            };
        }
    }

    /// Starts to renew a lock.
    fn renewed(cluster: &Arc<Cluster>, run: &str, owner: &Owner, sequence: Sequence) -> Self {
        let is_lost = Arc::new(AtomicBool::new(false));
        let (stop, stopped) = mpsc::channel();
        let (cluster, lost, run, owner) = (Arc::clone(cluster), Arc::clone(&is_lost), run.to_owned(), owner.clone());
        let renewing = thread::spawn(move || {
            let mut sequence = sequence;
            for renewals in 1.. {
                if stopped.recv_timeout(RENEWAL) != Err(RecvTimeoutError::Timeout) {
                    // A lock that stays behind is taken over after a minute.
                    let _ = cluster.delete(LOCK, sequence);
                    return;
                }
                let document = json!(Stored { run: run.clone(), owner: owner.clone(), renewals });
                match cluster.put(LOCK, &document, Condition::Is(sequence)) {
                    Ok(Changed::Yes(next)) => sequence = next,
                    Ok(Changed::Conflict) => match cluster.get::<Stored>(LOCK) {
                        // The answer of the last renewal was lost.
                        Ok(Some((stored, now))) if stored.run == run => sequence = now,
                        // The next renewal may reach the cluster.
                        Err(_) => {}
                        _ => return lost.store(true, Ordering::Release),
                    },
                    Err(_) => {}
                }
            }
        });
        Self { stop: Some(stop), renewing: Some(renewing), is_lost }
    }

    /// Reports whether another run took the lock.
    pub fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Acquire)
    }
}

/// Waits until a lock of another run is gone or stale, and returns the condition under which it may be replaced.
///
/// # Errors
/// The lock is renewed, or the wait ended.
fn outwait(cluster: &Cluster, sequence: Sequence, wait: &Wait<'_>) -> Result<Condition, Error> {
    let place = &cluster.address.shown;
    let since = Instant::now();
    while since.elapsed() < STALE {
        thread::sleep(LOOK);
        match cluster.get::<Stored>(LOCK).map_err(|failure| failure.at(place))? {
            None => return Ok(Condition::IsNew),
            Some((stored, now)) if now == sequence => {
                let waited = since.elapsed();
                if waited >= QUIET && !wait(&stored.owner, STALE.saturating_sub(waited)) {
                    return Err(Error::Busy { path: place.clone(), owner: stored.owner });
                }
            }
            Some((stored, _)) => return Err(Error::Busy { path: place.clone(), owner: stored.owner }),
        }
    }
    Ok(Condition::Is(sequence))
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(renewing) = self.renewing.take() {
            let _ = renewing.join();
        }
    }
}
