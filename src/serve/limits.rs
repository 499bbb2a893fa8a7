//! How much of anything a server takes.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Longer addresses are refused: a query of 4 KiB fits in, with every byte escaped.
pub const MAX_TARGET: usize = 16 << 10;

/// What stands before a request's body is no longer than this; the address is in it.
pub const MAX_HEAD: usize = 32 << 10;

/// A request has no more headers.
pub const MAX_HEADERS: usize = 64;

/// An address has no more parameters.
pub const MAX_PARAMETERS: usize = 128;

/// An answer has no more records of what can be asked for in any number.
pub const MAX_LIMIT: usize = 1_000;

/// Nobody turns pages farther; whoever wants everything asks the program itself.
pub const MAX_DEPTH: usize = 10_000;

/// So many ids are shown at once.
pub const MAX_IDS: usize = 100;

/// So many bytes of an answer, or the rest, are taken within [`Limits::send`].
pub const TAKEN: usize = 1 << 20;

/// Files that stay free for the index, where connections take all others; of few files, half.
const SPARE_FILES: usize = 128;

/// So many files a server needs beside its connections: its own and those by which an index is opened.
const NEEDED_FILES: usize = 20;

/// How long, and how many.
#[derive(Debug, Clone)]
pub struct Limits {
    /// A request's head must have come after so long; a connection without a request ends then.
    pub head: Duration,
    /// A client that has not taken [`TAKEN`] more bytes of its answer, or the rest, after so long loses it.
    pub send: Duration,
    /// An answer has no more bytes.
    pub answer: usize,
    /// The bytes of all answers that wait to be taken.
    pub answers: usize,
    /// Bytes that the entries of one answer may take.
    pub entries: usize,
    /// A request waits for its turn so long.
    pub wait: Duration,
    /// So many requests wait.
    pub waiting: usize,
    /// So many requests are worked on.
    pub working: usize,
    /// So many of these are dear. Nothing can stop one that takes too long, so there must be turns that they can't have.
    pub expensive: usize,
    /// A request is worked on so long before it is answered that this was too long.
    pub work: Duration,
    /// Requests have so long to end when the server stops.
    pub grace: Duration,
    /// An index that is no longer the newest is let go after so long, even if nobody asks.
    pub look: Duration,
    /// So many connections there are.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // One more than the only processor: a search gets on beside a dear question, if slowly.
        let working = std::thread::available_parallelism().map_or(1, usize::from).max(2);
        Self {
            head: Duration::from_secs(10),
            send: Duration::from_secs(30),
            answer: 32 << 20,
            answers: 128 << 20,
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
    /// As many connections as there can be files. Where more can be had for the asking, they are asked for.
    pub fn within_files(mut self) -> Self {
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let wanted = (self.connections + SPARE_FILES) as u64;
        let asked = maximum.map_or(wanted, |most| most.min(wanted));
        let files = match current {
            Some(now) if now < asked => match setrlimit(Resource::Nofile, Rlimit { current: Some(asked), maximum }) {
                Ok(()) => asked,
                Err(_) => now,
            },
            now => now.unwrap_or(asked),
        };
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let spare = SPARE_FILES.min(NEEDED_FILES.max(files / 2));
        self.connections = self.connections.min(files.saturating_sub(spare)).max(1);
        self
    }
}
