//! Scheduling of requests: a limited number is processed at a time, some wait in a queue, and the rest get status 503.
//! Expensive requests have fewer permits than there are, so that one is always left for the others.

use std::sync::Arc;

use hyper::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::limits::Limits;
use crate::failure::Failure;

/// The scheduler.
pub struct Work {
    all: Permits,
    expensive: Permits,
    limits: Limits,
}

/// The cost of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Milliseconds.
    Small,
    /// Up to seconds.
    Expensive,
}

/// Permits with a queue of limited length.
struct Permits {
    free: Arc<Semaphore>,
    queue: Semaphore,
}

impl Permits {
    fn new(permits: usize, waiting: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(permits)), queue: Semaphore::new(waiting) }
    }

    async fn take(&self) -> Result<OwnedSemaphorePermit, WorkError> {
        if let Ok(permit) = self.free.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let _waiting = self.queue.try_acquire().map_err(|_| WorkError::Busy)?;
        self.free.clone().acquire_owned().await.map_err(|_| WorkError::Busy)
    }
}

/// The error of a task without a result.
#[derive(Debug, PartialEq, Eq)]
pub enum WorkError {
    /// It got no permit in time.
    Busy,
    /// It exceeded the time limit.
    TimedOut,
    /// It panicked.
    Panicked,
}

impl WorkError {
    /// Returns the status and the failure for the client.
    pub fn failure(self) -> (StatusCode, Failure) {
        let (status, code, message, hint) = match self {
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "the server is busy", "try again later"),
            Self::TimedOut => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "the request took too long",
                "select fewer days or one topic, or use the command line",
            ),
            Self::Panicked => {
                (StatusCode::INTERNAL_SERVER_ERROR, "internal", "internal error", "please report this bug")
            }
        };
        (status, Failure::message(code, message.to_owned(), hint))
    }
}

impl Work {
    pub fn new(limits: &Limits) -> Self {
        Self {
            all: Permits::new(limits.working, limits.waiting),
            expensive: Permits::new(limits.expensive, limits.waiting),
            limits: limits.clone(),
        }
    }

    /// Runs a task. One that exceeds the time limit keeps its permit until it ends, since it cannot be cancelled.
    pub async fn run<T: Send + 'static>(
        &self,
        cost: Cost,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        // An expensive task waits for its own kind of permit first, where it blocks no other.
        let permits = async {
            let expensive = if cost == Cost::Expensive { Some(self.expensive.take().await?) } else { None };
            Ok((self.all.take().await?, expensive))
        };
        let permits = timeout(self.limits.wait, permits).await.map_err(|_| WorkError::Busy)??;
        self.run_at_once(move || {
            let done = work();
            drop(permits);
            done
        })
        .await
    }

    /// Runs a task without waiting for a permit.
    pub async fn run_at_once<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        let task = spawn_blocking(work);
        match timeout(self.limits.work, task).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(WorkError::Panicked),
            Err(_) => Err(WorkError::TimedOut),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Condvar, Mutex};
    use std::time::Duration;

    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A task that blocks until the gate opens, and the number of tasks begun.
    #[derive(Default)]
    struct Gate {
        is_open: Mutex<bool>,
        opened: Condvar,
        begun: AtomicUsize,
    }

    impl Gate {
        fn pass(&self) {
            self.begun.fetch_add(1, Ordering::SeqCst);
            let is_open = self.is_open.lock().expect("unbroken");
            drop(self.opened.wait_while(is_open, |is_open| !*is_open).expect("unbroken"));
        }

        fn open(&self) {
            *self.is_open.lock().expect("unbroken") = true;
            self.opened.notify_all();
        }

        fn begun(&self) -> usize {
            self.begun.load(Ordering::SeqCst)
        }

        /// Waits until a number of tasks have begun.
        async fn until(&self, begun: usize) {
            while self.begun() < begun {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Runs a future on a paused clock, which only the test advances.
    fn run<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(future)
    }

    #[test]
    fn tasks_that_time_out_keep_their_permit() {
        let limits = Limits { working: 1, waiting: 1, wait: SECOND, work: SECOND, ..Limits::default() };
        run(async {
            let (work, gate) = (Work::new(&limits), Arc::<Gate>::default());
            let task_gate = gate.clone();
            let slow = work.run(Cost::Small, move || task_gate.pass());
            assert_eq!(tokio::join!(slow, advance(SECOND)).0, Err(WorkError::TimedOut));
            let next = work.run(Cost::Small, || ());
            assert_eq!(tokio::join!(next, advance(SECOND)).0, Err(WorkError::Busy), "no permit until it has ended");
            gate.until(1).await;
            gate.open();
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7));
        });
    }

    #[test]
    fn the_queue_is_limited() {
        let limits = Limits { working: 1, waiting: 2, ..Limits::default() };
        run(async {
            let (work, gate) = (Work::new(&limits), Arc::<Gate>::default());
            let piece = || {
                let task_gate = gate.clone();
                work.run(Cost::Small, move || task_gate.pass())
            };
            let open = async {
                gate.until(1).await;
                assert_eq!(gate.begun(), 1, "two wait");
                gate.open();
            };
            let done = tokio::join!(piece(), piece(), piece(), piece(), open);
            assert_eq!(done, (Ok(()), Ok(()), Ok(()), Err(WorkError::Busy), ()));
            assert_eq!(gate.begun(), 3);
        });
    }

    #[test]
    fn a_panic_affects_no_other_task() {
        let limits = Limits { working: 1, ..Limits::default() };
        run(async {
            let work = Work::new(&limits);
            let broken: Result<(), WorkError> = work.run(Cost::Small, || panic!("on purpose")).await;
            assert_eq!(broken, Err(WorkError::Panicked));
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "the permit is released");
        });
    }

    #[test]
    fn expensive_tasks_leave_a_permit_for_others() {
        let limits =
            Limits { working: 2, expensive: 1, waiting: 2, wait: SECOND, work: 2 * SECOND, ..Limits::default() };
        run(async {
            let (work, gate) = (Work::new(&limits), Arc::<Gate>::default());
            let expensive = || {
                let task_gate = gate.clone();
                work.run(Cost::Expensive, move || task_gate.pass())
            };
            let time = async {
                gate.until(1).await;
                advance(SECOND).await;
                assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "while the first one runs");
                advance(SECOND).await;
            };
            let done = tokio::join!(expensive(), expensive(), expensive(), expensive(), time);
            let busy = || Err(WorkError::Busy);
            assert_eq!(done, (Err(WorkError::TimedOut), busy(), busy(), busy(), ()));
            assert_eq!(gate.begun(), 1, "although there are two permits");
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "while the first one runs");
            gate.open();
            assert_eq!(expensive().await, Ok(()));
        });
    }

    #[test]
    fn by_default_a_permit_is_left_for_small_tasks() {
        let Limits { working, expensive, .. } = Limits::default();
        assert!(expensive >= 1 && expensive < working);
    }
}
