//! Answering is work for processors: so many requests are worked on at a time, some wait for their turn, and the rest
//! are told to come again.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::limits::Limits;

/// Where work is done.
pub struct Work {
    turns: Arc<Semaphore>,
    queue: Semaphore,
    limits: Limits,
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

impl Work {
    pub fn new(limits: &Limits) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(limits.working)),
            queue: Semaphore::new(limits.waiting),
            limits: limits.clone(),
        }
    }

    /// Does a piece of work. One that takes too long keeps its turn until it ends, since nothing can stop it.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Undone> {
        let turn = match self.turns.clone().try_acquire_owned() {
            Ok(turn) => turn,
            Err(_) => {
                let _waiting = self.queue.try_acquire().map_err(|_| Undone::Busy)?;
                let turn = timeout(self.limits.wait, self.turns.clone().acquire_owned()).await;
                turn.ok().and_then(Result::ok).ok_or(Undone::Busy)?
            }
        };
        let task = spawn_blocking(move || {
            let done = work();
            drop(turn);
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
            assert_eq!(work.run(|| sleep(ms(300))).await, Err(Undone::Slow));
            assert_eq!(work.run(|| ()).await, Err(Undone::Busy), "nobody's turn until it has ended");
            tokio::time::sleep(ms(400)).await;
            assert_eq!(work.run(|| 7).await, Ok(7));
        });
    }

    #[test]
    fn so_many_wait_and_no_more() {
        let limits = Limits { working: 1, waiting: 2, ..Limits::default() };
        runtime().block_on(async {
            let work = Work::new(&limits);
            let piece = || work.run(|| sleep(ms(100)));
            let done = tokio::join!(piece(), piece(), piece(), piece());
            assert_eq!(done, (Ok(()), Ok(()), Ok(()), Err(Undone::Busy)));
        });
    }

    #[test]
    fn what_breaks_harms_nothing_else() {
        let limits = Limits { working: 1, ..Limits::default() };
        runtime().block_on(async {
            let work = Work::new(&limits);
            let broken: Result<(), Undone> = work.run(|| panic!("on purpose")).await;
            assert_eq!(broken, Err(Undone::Broken));
            assert_eq!(work.run(|| 7).await, Ok(7), "and gives its turn back");
        });
    }
}
