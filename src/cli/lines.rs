//! A bounded queue of lines for stderr, written by a thread: a reader that does not read blocks only that thread. Lines
//! over the limit are dropped and counted, and a note gives their number.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Maximum number of bytes in the queue.
const MAX_BYTES: usize = 1 << 20;

/// A handle of the queue.
#[derive(Clone)]
pub struct Lines(Arc<Queue>);

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    lines: VecDeque<String>,
    bytes: usize,
    /// Number of dropped lines.
    dropped: u64,
    /// Whether the thread is writing.
    is_writing: bool,
}

impl Lines {
    /// Starts a thread that writes to stderr.
    pub fn to_stderr() -> Self {
        Self::to(io::stderr())
    }

    fn to(out: impl Write + Send + 'static) -> Self {
        let queue = Arc::<Queue>::default();
        let thread_queue = queue.clone();
        // Without a thread nothing is written; the queue stays within its limit.
        let _ = thread::Builder::new().name("lines".to_owned()).spawn(move || thread_queue.write(out));
        Self(queue)
    }

    /// Queues a line. It never blocks.
    pub fn write(&self, line: String) {
        let mut waiting = self.0.waiting();
        if waiting.bytes + line.len() > MAX_BYTES {
            waiting.dropped += 1;
        } else {
            waiting.bytes += line.len();
            waiting.lines.push_back(line);
        }
        self.0.changed.notify_all();
    }

    /// Waits until all lines are written, at most for `patience`.
    pub fn finish(&self, patience: Duration) {
        let waiting = self.0.waiting();
        let is_busy = |waiting: &mut Waiting| waiting.is_busy();
        drop(self.0.changed.wait_timeout_while(waiting, patience, is_busy));
    }
}

impl Waiting {
    fn is_busy(&self) -> bool {
        self.is_writing || !self.lines.is_empty() || self.dropped > 0
    }
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // No panic under the lock can leave the data inconsistent.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes lines until the process ends.
    fn write(&self, mut out: impl Write) {
        let is_empty = |waiting: &mut Waiting| waiting.lines.is_empty() && waiting.dropped == 0;
        loop {
            let waiting = self.waiting();
            let mut waiting = self.changed.wait_while(waiting, is_empty).unwrap_or_else(PoisonError::into_inner);
            let lines = std::mem::take(&mut waiting.lines);
            let dropped = std::mem::take(&mut waiting.dropped);
            waiting.bytes = 0;
            waiting.is_writing = true;
            drop(waiting);
            for line in lines {
                // A closed stderr leaves no place to report to.
                let _ = out.write_all((line + "\n").as_bytes());
            }
            if dropped > 0 {
                let note = format!("note: dropped {dropped} log lines: stderr was not read fast enough\n");
                let _ = out.write_all(note.as_bytes());
            }
            self.waiting().is_writing = false;
            self.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// A writer that waits for leave before each write.
    struct Gate {
        open: Receiver<()>,
        written: Sender<String>,
    }

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.open.recv();
            let _ = self.written.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn writers_never_block_and_dropped_lines_are_counted() {
        let (open, gate) = channel();
        let (written, read) = channel();
        let lines = Lines::to(Gate { open: gate, written });
        lines.write("first".to_owned());
        // Wait until the thread has taken the line and blocks.
        while lines.0.waiting().lines.front().is_some() {
            thread::yield_now();
        }
        let long = "a".repeat(1_000);
        // Far more than the limit.
        for _ in 0..5_000 {
            lines.write(long.clone());
        }
        let kept = MAX_BYTES / 1_000;
        assert!(lines.0.waiting().bytes <= MAX_BYTES && lines.0.waiting().lines.len() == kept);
        lines.finish(Duration::from_millis(1));
        drop(open);
        lines.finish(Duration::from_secs(60));
        let all: String = read.try_iter().collect();
        let all: Vec<&str> = all.lines().collect();
        assert_eq!((all.len(), all[0]), (kept + 2, "first"));
        assert!(all[1..=kept].iter().all(|line| *line == long));
        let note = format!("note: dropped {} log lines: stderr was not read fast enough", 5_000 - kept);
        assert_eq!(all[kept + 1], note);
        lines.write("last".to_owned());
        lines.finish(Duration::from_secs(60));
        assert_eq!(read.try_iter().collect::<String>(), "last\n");
    }
}
