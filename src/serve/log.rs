//! Log of requests, and notes for the operator.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A request and its outcome.
#[derive(Debug)]
pub struct RequestLog<'a> {
    /// The address of the client.
    pub peer: SocketAddr,
    /// The method.
    pub method: &'a str,
    /// The target as sent.
    pub target: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The length of its body.
    pub bytes: usize,
    /// The time that the answer took.
    pub took: Duration,
    /// The server error, if any.
    pub fault: Option<&'a str>,
}

/// A callback for requests. It is called by threads that all connections share, so it must not block.
pub type Log = dyn Fn(&RequestLog<'_>) + Send + Sync;

/// A callback for notes to the operator. It must not block.
pub type Notes = dyn Fn(&str) + Send + Sync;

/// A limit on the frequency of a note.
pub struct RateLimit {
    every: Duration,
    last: Mutex<Option<Instant>>,
}

impl RateLimit {
    pub const fn new(every: Duration) -> Self {
        Self { every, last: Mutex::new(None) }
    }

    /// Reports whether a note is due, and if so, counts it as written.
    pub fn is_due(&self, now: Instant) -> bool {
        // A thread that has the lock decides for both.
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
    fn repeated_notes_are_limited() {
        let (limit, now) = (RateLimit::new(Duration::from_secs(60)), Instant::now());
        let due = [0, 1, 59, 60, 61, 119, 120].map(|second| limit.is_due(now + Duration::from_secs(second)));
        assert_eq!(due, [true, false, false, true, false, false, true]);
    }
}
