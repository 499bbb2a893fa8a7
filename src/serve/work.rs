//! Answering is work for processors: so many requests are worked on at a time, some wait for their turn, and the rest
//! are told to come again. Expensive questions have fewer turns than there are, so that there is always one for the others.

use std::sync::Arc;

use hyper::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::limits::Limits;
use crate::failure::Failure;

/// Where work is done.
pub struct Work {
    all: Turns,
    expensive: Turns,
    limits: Limits,
}

/// What a piece of work may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// An instant.
    Small,
    /// Seconds, where there is much to look at.
    Expensive,
}

/// Turns, and places to wait for one.
struct Turns {
    free: Arc<Semaphore>,
    queue: Semaphore,
}

impl Turns {
    fn new(turns: usize, waiting: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(turns)), queue: Semaphore::new(waiting) }
    }

    async fn take(&self) -> Result<OwnedSemaphorePermit, Undone> {
        if let Ok(turn) = self.free.clone().try_acquire_owned() {
            return Ok(turn);
        }
        let _waiting = self.queue.try_acquire().map_err(|_| Undone::Busy)?;
        self.free.clone().acquire_owned().await.map_err(|_| Undone::Busy)
    }
}

/// Why a piece of work gave nothing.
#[derive(Debug, PartialEq, Eq)]
pub enum Undone {
    /// Its turn did not come.
    Busy,
    /// It takes too long.
    Slow,
    /// It broke.
    Broken,
}

impl Undone {
    /// What is to be said, and the status that says it.
    pub fn told(self) -> (StatusCode, Failure) {
        let (status, code, message, hint) = match self {
            Self::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, "busy", "there is too much to do", "try again a little later")
            }
            Self::Slow => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "this takes too long to answer",
                "ask for fewer days or one topic, or ask `digest-search` itself",
            ),
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "this could not be answered, by a mistake in the program",
                "other questions can still be answered",
            ),
        };
        (status, Failure::message(code, message.to_owned(), hint))
    }
}

impl Work {
    pub fn new(limits: &Limits) -> Self {
        Self {
            all: Turns::new(limits.working, limits.waiting),
            expensive: Turns::new(limits.expensive, limits.waiting),
            limits: limits.clone(),
        }
    }

    /// Does a piece of work. One that takes too long keeps its turn until it ends, since nothing can stop it.
    pub async fn run<T: Send + 'static>(
        &self,
        cost: Cost,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Undone> {
        // A dear one waits among its like first, where it is in nobody else's way.
        let turns = async {
            let expensive = if cost == Cost::Expensive { Some(self.expensive.take().await?) } else { None };
            Ok((self.all.take().await?, expensive))
        };
        let turns = timeout(self.limits.wait, turns).await.map_err(|_| Undone::Busy)??;
        let task = spawn_blocking(move || {
            let done = work();
            drop(turns);
            done
        });
        match timeout(self.limits.work, task).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(Undone::Broken),
            Err(_) => Err(Undone::Slow),
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

    /// Work that goes on until it is let through, and how much of it has begun.
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

        /// Until so much of it has begun.
        async fn until(&self, begun: usize) {
            while self.begun() < begun {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Runs something on a clock that goes on only where the test says so: while work goes on it stands still.
    fn run<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(future)
    }

    #[test]
    fn what_takes_too_long_is_told_and_keeps_its_turn() {
        let limits = Limits { working: 1, waiting: 1, wait: SECOND, work: SECOND, ..Limits::default() };
        run(async {
            let (work, gate) = (Work::new(&limits), Arc::<Gate>::default());
            let of_work = gate.clone();
            let slow = work.run(Cost::Small, move || of_work.pass());
            assert_eq!(tokio::join!(slow, advance(SECOND)).0, Err(Undone::Slow));
            let next = work.run(Cost::Small, || ());
            assert_eq!(tokio::join!(next, advance(SECOND)).0, Err(Undone::Busy), "nobody's turn until it has ended");
            gate.until(1).await;
            gate.open();
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7));
        });
    }

    #[test]
    fn so_many_wait_and_no_more() {
        let limits = Limits { working: 1, waiting: 2, ..Limits::default() };
        run(async {
            let (work, gate) = (Work::new(&limits), Arc::<Gate>::default());
            let piece = || {
                let of_work = gate.clone();
                work.run(Cost::Small, move || of_work.pass())
            };
            let open = async {
                gate.until(1).await;
                assert_eq!(gate.begun(), 1, "two wait");
                gate.open();
            };
            let done = tokio::join!(piece(), piece(), piece(), piece(), open);
            assert_eq!(done, (Ok(()), Ok(()), Ok(()), Err(Undone::Busy), ()));
            assert_eq!(gate.begun(), 3);
        });
    }

    #[test]
    fn what_breaks_harms_nothing_else() {
        let limits = Limits { working: 1, ..Limits::default() };
        run(async {
            let work = Work::new(&limits);
            let broken: Result<(), Undone> = work.run(Cost::Small, || panic!("on purpose")).await;
            assert_eq!(broken, Err(Undone::Broken));
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "and gives its turn back");
        });
    }

    #[test]
    fn dear_questions_leave_a_turn_to_others() {
        let limits =
            Limits { working: 2, expensive: 1, waiting: 2, wait: SECOND, work: 2 * SECOND, ..Limits::default() };
        run(async {
            let (work, gate) = (Work::new(&limits), Arc::<Gate>::default());
            let expensive = || {
                let of_work = gate.clone();
                work.run(Cost::Expensive, move || of_work.pass())
            };
            let time = async {
                gate.until(1).await;
                advance(SECOND).await;
                assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "while the first one goes on");
                advance(SECOND).await;
            };
            let done = tokio::join!(expensive(), expensive(), expensive(), expensive(), time);
            let busy = || Err(Undone::Busy);
            assert_eq!(done, (Err(Undone::Slow), busy(), busy(), busy(), ()));
            assert_eq!(gate.begun(), 1, "though two turns were there");
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "though the first one still goes on");
            gate.open();
            assert_eq!(expensive().await, Ok(()));
        });
    }

    #[test]
    fn there_is_a_turn_that_no_dear_question_takes() {
        let Limits { working, expensive, .. } = Limits::default();
        assert!(expensive >= 1 && expensive < working);
    }
}
