//! What is told of requests, and of the server itself.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What a request was and what became of it.
#[derive(Debug)]
pub struct Served<'a> {
    /// Who asked.
    pub peer: SocketAddr,
    /// The method.
    pub method: &'a str,
    /// The address, as it was sent.
    pub target: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The length of its body.
    pub bytes: usize,
    /// How long it took.
    pub took: Duration,
    /// Why the server could not answer, where it could not.
    pub fault: Option<&'a str>,
}

/// Hears what was served. It is called by threads that all connections share, so it must not wait.
pub type Log = dyn Fn(&Served<'_>) + Send + Sync;

/// Hears what the operator should know. It must not wait either.
pub type Notes = dyn Fn(&str) + Send + Sync;

/// Says the same not more often than once in a while.
pub struct Seldom {
    every: Duration,
    last: Mutex<Option<Instant>>,
}

impl Seldom {
    pub const fn new(every: Duration) -> Self {
        Self { every, last: Mutex::new(None) }
    }

    /// Whether it is time to say it.
    pub fn is_due(&self, now: Instant) -> bool {
        // Where another thread looks at it, that one says it.
        let Ok(mut last) = self.last.try_lock() else { return false };
        let is_due = last.is_none_or(|last| now.saturating_duration_since(last) >= self.every);
        if is_due {
            *last = Some(now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_said_once_in_a_while() {
        let (seldom, now) = (Seldom::new(Duration::from_secs(60)), Instant::now());
        let due = [0, 1, 59, 60, 61, 119, 120].map(|second| seldom.is_due(now + Duration::from_secs(second)));
        assert_eq!(due, [true, false, false, true, false, false, true]);
    }
}
