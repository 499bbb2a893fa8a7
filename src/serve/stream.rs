//! A TCP stream with a write timeout: a client that reads an answer too slowly loses it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::limits::SEND_STEP;
use super::slots::Activity;

/// A TCP stream.
pub struct Stream {
    tcp: TcpStream,
    activity: Arc<Activity>,
    deadline: Deadline,
}

/// The time that a client may take for an answer.
struct Deadline {
    most: Duration,
    /// The deadline for the next [`SEND_STEP`] bytes of the answer, or the rest, and how many of them the client has read.
    due: Option<(Pin<Box<Sleep>>, usize)>,
}

impl Stream {
    /// Returns a stream on which each [`SEND_STEP`] bytes of an answer take at most `most`.
    pub fn new(tcp: TcpStream, activity: Arc<Activity>, most: Duration) -> Self {
        Self { tcp, activity, deadline: Deadline { most, due: None } }
    }
}

impl Deadline {
    /// Checks the deadline after a write, which may be pending.
    fn sent(&mut self, cx: &mut Context<'_>, sent: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let most = self.most;
        let (end, taken) = self.due.get_or_insert_with(|| (Box::pin(sleep(most)), 0));
        match sent {
            Poll::Pending => {
                ready!(end.as_mut().poll(cx));
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            Poll::Ready(Ok(bytes)) => {
                *taken += bytes;
                if *taken >= SEND_STEP {
                    self.due = None;
                }
            }
            Poll::Ready(Err(_)) => (),
        }
        sent
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.tcp).poll_write(cx, buf);
        self.deadline.sent(cx, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.tcp).poll_write_vectored(cx, bufs);
        self.deadline.sent(cx, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.tcp).poll_flush(cx))?;
        if self.activity.is_sent() || !self.activity.is_busy() {
            self.deadline.due = None;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Returns whether each write succeeds: some bytes, or none, after some seconds.
    fn outcomes(writes: &[(u64, Option<usize>)]) -> Vec<bool> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let mut deadline = Deadline { most: 10 * SECOND, due: None };
            let mut outcomes = Vec::new();
            for (seconds, bytes) in writes {
                advance(SECOND * u32::try_from(*seconds).expect("few")).await;
                let sent = || bytes.map_or(Poll::Pending, |bytes| Poll::Ready(Ok(bytes)));
                let outcome = poll_fn(|cx| Poll::Ready(deadline.sent(cx, sent()))).await;
                outcomes.push(!matches!(outcome, Poll::Ready(Err(_))));
            }
            outcomes
        })
    }

    #[test]
    fn clients_that_read_in_time_keep_their_answer() {
        // Enough each time, though all of it takes far longer.
        let steady: Vec<_> = [(9, None), (0, Some(SEND_STEP))].repeat(10);
        assert!(outcomes(&steady).iter().all(|is_well| *is_well));
        let drop_by_drop: Vec<_> = [(1, Some(1_000)), (0, None)].repeat(11);
        let outcomes = outcomes(&drop_by_drop);
        assert_eq!(outcomes.iter().position(|is_well| !is_well), Some(21), "after ten seconds");
    }
}
