//! Lines for stderr, written by a thread of its own: a reader that does not read stops that thread and nothing else. What
//! there is no room for is dropped, counted, and said when it can be.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Bytes of the lines that wait.
const MOST: usize = 1 << 20;

/// Lines to be written.
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
    /// Lines that there was no room for.
    dropped: u64,
    /// Whether some are being written.
    is_writing: bool,
}

impl Lines {
    /// Begins to write lines to stderr.
    pub fn to_stderr() -> Self {
        Self::to(io::stderr())
    }

    fn to(out: impl Write + Send + 'static) -> Self {
        let queue = Arc::<Queue>::default();
        let of_thread = queue.clone();
        // Without a thread nothing is written; what waits stays within its bound.
        let _ = thread::Builder::new().name("lines".to_owned()).spawn(move || of_thread.write(out));
        Self(queue)
    }

    /// Writes a line, some time. It never waits.
    pub fn say(&self, line: String) {
        let mut waiting = self.0.waiting();
        if waiting.bytes + line.len() > MOST {
            waiting.dropped += 1;
        } else {
            waiting.bytes += line.len();
            waiting.lines.push_back(line);
        }
        self.0.changed.notify_all();
    }

    /// Waits until all is written, but not long.
    pub fn finish(&self, patience: Duration) {
        let waiting = self.0.waiting();
        let is_left = |waiting: &mut Waiting| waiting.is_some();
        drop(self.0.changed.wait_timeout_while(waiting, patience, is_left));
    }
}

impl Waiting {
    fn is_some(&self) -> bool {
        self.is_writing || !self.lines.is_empty() || self.dropped > 0
    }
}

impl Queue {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // Nothing that is done while it is locked can leave it half done.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes lines for as long as the process lives.
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
                // Where nobody reads it, there is nobody to tell.
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

    /// Passes on what is written, each time with leave.
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
    fn nobody_waits_for_a_reader_and_what_is_lost_is_counted() {
        let (open, gate) = channel();
        let (written, read) = channel();
        let lines = Lines::to(Gate { open: gate, written });
        lines.say("first".to_owned());
        // It is being written and can't be.
        while lines.0.waiting().lines.front().is_some() {
            thread::yield_now();
        }
        let long = "a".repeat(1_000);
        // Far more than there is room for.
        for _ in 0..5_000 {
            lines.say(long.clone());
        }
        let kept = MOST / 1_000;
        assert!(lines.0.waiting().bytes <= MOST && lines.0.waiting().lines.len() == kept);
        lines.finish(Duration::from_millis(1));
        drop(open);
        lines.finish(Duration::from_secs(60));
        let all: String = read.try_iter().collect();
        let all: Vec<&str> = all.lines().collect();
        assert_eq!((all.len(), all[0]), (kept + 2, "first"));
        assert!(all[1..=kept].iter().all(|line| *line == long));
        let note = format!("note: dropped {} log lines: stderr was not read fast enough", 5_000 - kept);
        assert_eq!(all[kept + 1], note);
        lines.say("last".to_owned());
        lines.finish(Duration::from_secs(60));
        assert_eq!(read.try_iter().collect::<String>(), "last\n");
    }
}
