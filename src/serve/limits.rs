//! Limits of a server.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Maximum length of a request target: room for a query of 4 KiB with every byte escaped.
pub const MAX_TARGET: usize = 16 << 10;

/// Maximum size of a request's head, target included.
pub const MAX_HEAD: usize = 32 << 10;

/// Maximum number of headers.
pub const MAX_HEADERS: usize = 64;

/// Maximum number of parameters.
pub const MAX_PARAMETERS: usize = 128;

/// Maximum number of records in an answer.
pub const MAX_LIMIT: usize = 1_000;

/// Maximum depth of paging; the command line has no such limit.
pub const MAX_DEPTH: usize = 10_000;

/// Maximum number of ids in a request to `show`.
pub const MAX_IDS: usize = 100;

/// Number of bytes that a client must take within [`Limits::send`].
pub const SEND_STEP: usize = 1 << 20;

/// File descriptors reserved for the index; if there are few, half of them.
const SPARE_FILES: usize = 128;

/// Number of file descriptors that a server needs besides its connections.
const NEEDED_FILES: usize = 20;

/// Number of requests processed at a time where a cluster computes the answers, so that those that wait for it do not keep
/// others from it.
const REMOTE: usize = 16;

/// Time limits and capacities.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Time for a request's head to arrive, and for a connection without a request.
    pub head: Duration,
    /// Time for a client to take [`SEND_STEP`] more bytes of its answer, or the rest.
    pub send: Duration,
    /// Maximum size of an answer in bytes.
    pub max_body: usize,
    /// Maximum size of all pending answers in bytes.
    pub max_total: usize,
    /// Maximum size of the stored entries of one answer in bytes.
    pub entries: usize,
    /// Maximum time in the queue.
    pub wait: Duration,
    /// Maximum length of the queue.
    pub waiting: usize,
    /// Number of requests processed at a time.
    pub working: usize,
    /// Number of expensive requests among them. A request cannot be cancelled, so some permits are for others.
    pub expensive: usize,
    /// Maximum processing time before a request is answered with an error.
    pub work: Duration,
    /// Time for open requests to end when the server stops.
    pub grace: Duration,
    /// Interval at which an outdated reader is dropped without requests.
    pub look: Duration,
    /// Maximum number of connections.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // At least two, so that a search proceeds besides an expensive request on one processor.
        let working = std::thread::available_parallelism().map_or(1, usize::from).max(2);
        Self {
            head: Duration::from_secs(10),
            send: Duration::from_secs(30),
            max_body: 32 << 20,
            max_total: 128 << 20,
            entries: 32 << 20,
            wait: Duration::from_secs(5),
            waiting: 64,
            working,
            expensive: working - 1,
            work: Duration::from_secs(30),
            grace: Duration::from_secs(10),
            look: Duration::from_secs(5),
            connections: 4_096,
        }
    }
}

impl Limits {
    /// Returns the limits of a server for an index in a cluster.
    pub fn remote() -> Self {
        Self { working: REMOTE, expensive: REMOTE / 2, ..Self::default() }
    }

    /// Limits connections by the number of file descriptors, after raising that as far as allowed.
    pub fn within_files(mut self) -> Self {
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let wanted = (self.connections + SPARE_FILES) as u64;
        let target = maximum.map_or(wanted, |most| most.min(wanted));
        let files = match current {
            Some(now) if now < target => match setrlimit(Resource::Nofile, Rlimit { current: Some(target), maximum }) {
                Ok(()) => target,
                Err(_) => now,
            },
            now => now.unwrap_or(target),
        };
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let spare = SPARE_FILES.min(NEEDED_FILES.max(files / 2));
        self.connections = self.connections.min(files.saturating_sub(spare)).max(1);
        self
    }
}
