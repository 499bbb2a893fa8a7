//! Answering is work for processors: so many requests are worked on at a time, some wait for their turn, and the rest
//! are told to come again. Dear questions have fewer turns than there are, so that there is always one for the others.

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
    dear: Turns,
    limits: Limits,
}

/// What a piece of work may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// An instant.
    Small,
    /// Seconds, where there is much to look at.
    Dear,
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
            dear: Turns::new(limits.dear, limits.waiting),
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
            let dear = if cost == Cost::Dear { Some(self.dear.take().await?) } else { None };
            Ok((self.all.take().await?, dear))
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
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
    }

    #[test]
    fn what_takes_too_long_is_told_and_keeps_its_turn() {
        let limits = Limits { working: 1, waiting: 1, wait: ms(50), work: ms(50), ..Limits::default() };
        runtime().block_on(async {
            let work = Work::new(&limits);
            assert_eq!(work.run(Cost::Small, || sleep(ms(300))).await, Err(Undone::Slow));
            assert_eq!(work.run(Cost::Small, || ()).await, Err(Undone::Busy), "nobody's turn until it has ended");
            tokio::time::sleep(ms(400)).await;
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7));
        });
    }

    #[test]
    fn so_many_wait_and_no_more() {
        let limits = Limits { working: 1, waiting: 2, ..Limits::default() };
        runtime().block_on(async {
            let work = Work::new(&limits);
            let piece = || work.run(Cost::Small, || sleep(ms(100)));
            let done = tokio::join!(piece(), piece(), piece(), piece());
            assert_eq!(done, (Ok(()), Ok(()), Ok(()), Err(Undone::Busy)));
        });
    }

    #[test]
    fn what_breaks_harms_nothing_else() {
        let limits = Limits { working: 1, ..Limits::default() };
        runtime().block_on(async {
            let work = Work::new(&limits);
            let broken: Result<(), Undone> = work.run(Cost::Small, || panic!("on purpose")).await;
            assert_eq!(broken, Err(Undone::Broken));
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "and gives its turn back");
        });
    }

    #[test]
    fn dear_questions_leave_a_turn_to_others() {
        let limits = Limits { working: 2, dear: 1, waiting: 2, wait: ms(50), work: ms(50), ..Limits::default() };
        runtime().block_on(async {
            let work = Work::new(&limits);
            let dear = || work.run(Cost::Dear, || sleep(ms(600)));
            let done = tokio::join!(dear(), dear(), dear(), dear());
            assert_eq!(done, (Err(Undone::Slow), Err(Undone::Busy), Err(Undone::Busy), Err(Undone::Busy)));
            assert_eq!(work.run(Cost::Small, || 7).await, Ok(7), "though the first one goes on");
        });
    }

    #[test]
    fn there_is_a_turn_that_no_dear_question_takes() {
        let Limits { working, dear, .. } = Limits::default();
        assert!(dear >= 1 && dear < working);
    }
}
