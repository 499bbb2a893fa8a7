//! Scheduling of calls: each is answered on a thread, and a limited number at a time. Expensive calls have fewer permits
//! than there are, so that one is always left for the others. A cancelled call that waits never begins; one that is
//! being answered ends at its next read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

/// Number of calls answered at a time where a cluster computes the answers, so that those that wait for it do not keep
/// others from it.
const REMOTE: usize = 16;

/// The scheduler.
pub struct Work {
    all: Arc<Semaphore>,
    expensive: Arc<Semaphore>,
}

/// The cost of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Milliseconds.
    Small,
    /// Up to seconds.
    Expensive,
}

/// The error of a call without an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum WorkError {
    /// The client cancelled it.
    Cancelled,
    /// It panicked.
    Panicked,
}

impl Work {
    /// Returns a scheduler for an index in a cluster, or in a folder.
    pub fn new(is_remote: bool) -> Self {
        // At least two, so that a search proceeds beside an expensive call on one processor.
        let processors = std::thread::available_parallelism().map_or(1, usize::from).max(2);
        let (all, expensive) = if is_remote { (REMOTE, REMOTE / 2) } else { (processors, processors - 1) };
        Self { all: Arc::new(Semaphore::new(all)), expensive: Arc::new(Semaphore::new(expensive)) }
    }

    /// Runs a task, until the client cancels it: then the flag given to the task is set.
    pub async fn run<T: Send + 'static>(
        &self,
        cost: Cost,
        cancelled: impl Future<Output = ()>,
        work: impl FnOnce(Arc<AtomicBool>) -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        let flag = Arc::<AtomicBool>::default();
        let task = async {
            // An expensive task waits for its own kind of permit first, where it blocks no other.
            let expensive = if cost == Cost::Expensive { Some(permit(&self.expensive).await?) } else { None };
            let all = permit(&self.all).await?;
            let task_flag = flag.clone();
            let task = spawn_blocking(move || {
                let done = work(task_flag);
                drop((all, expensive));
                done
            });
            task.await.map_err(|_| WorkError::Panicked)
        };
        tokio::select! {
            biased;
            () = cancelled => {
                flag.store(true, Ordering::Relaxed);
                Err(WorkError::Cancelled)
            }
            done = task => done,
        }
    }
}

async fn permit(permits: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, WorkError> {
    // It is never closed.
    permits.clone().acquire_owned().await.map_err(|_| WorkError::Cancelled)
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::sync::mpsc;

    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
    }

    #[test]
    fn a_cancelled_task_sees_the_flag_and_one_that_waits_never_begins() {
        let work = Work { all: Arc::new(Semaphore::new(1)), expensive: Arc::new(Semaphore::new(1)) };
        run(async {
            let (begun, begins) = mpsc::channel();
            let (ended, ends) = mpsc::channel();
            let slow = work.run(
                Cost::Small,
                async move {
                    while begins.try_recv().is_err() {
                        tokio::task::yield_now().await;
                    }
                },
                move |cancelled| {
                    begun.send(()).expect("received");
                    while !cancelled.load(Ordering::Relaxed) {
                        std::thread::yield_now();
                    }
                    ended.send(()).expect("received");
                },
            );
            assert_eq!(slow.await, Err(WorkError::Cancelled));
            let waiting = work.run(Cost::Small, ready(()), |_| unreachable!("it is cancelled"));
            assert_eq!(waiting.await, Err(WorkError::Cancelled));
            ends.recv().expect("the task ends");
            assert_eq!(work.run(Cost::Small, pending(), |_| 7).await, Ok(7), "the permit is free again");
            let broken: Result<(), WorkError> = work.run(Cost::Expensive, pending(), |_| panic!("on purpose")).await;
            assert_eq!(broken, Err(WorkError::Panicked));
            assert_eq!(work.run(Cost::Expensive, pending(), |_| 7).await, Ok(7));
        });
    }
}
