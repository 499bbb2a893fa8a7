//! A connection that does not wait for ever: a client that takes an answer too slowly loses it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::limits::TAKEN;
use super::places::Seat;

/// A connection.
pub struct Stream {
    tcp: TcpStream,
    seat: Arc<Seat>,
    patience: Patience,
}

/// How long a client may take for an answer.
struct Patience {
    most: Duration,
    /// When the next [`TAKEN`] bytes of the answer, or the rest, must have been taken, and how many of them were.
    due: Option<(Pin<Box<Sleep>>, usize)>,
}

impl Stream {
    /// One on which so many bytes of an answer take at most so long.
    pub fn new(tcp: TcpStream, seat: Arc<Seat>, most: Duration) -> Self {
        Self { tcp, seat, patience: Patience { most, due: None } }
    }
}

impl Patience {
    /// What becomes of a write that may have to wait.
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
                if *taken >= TAKEN {
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
        self.patience.sent(cx, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.tcp).poll_write_vectored(cx, bufs);
        self.patience.sent(cx, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.tcp).poll_flush(cx))?;
        if self.seat.is_sent() || !self.seat.is_busy() {
            self.patience.due = None;
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

    /// What becomes of writes, each of so many bytes, or none, after so many seconds.
    fn outcomes(writes: &[(u64, Option<usize>)]) -> Vec<bool> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let mut patience = Patience { most: 10 * SECOND, due: None };
            let mut outcomes = Vec::new();
            for (seconds, bytes) in writes {
                advance(SECOND * u32::try_from(*seconds).expect("few")).await;
                let sent = || bytes.map_or(Poll::Pending, |bytes| Poll::Ready(Ok(bytes)));
                let outcome = poll_fn(|cx| Poll::Ready(patience.sent(cx, sent()))).await;
                outcomes.push(!matches!(outcome, Poll::Ready(Err(_))));
            }
            outcomes
        })
    }

    #[test]
    fn who_takes_enough_in_time_may_go_on() {
        // Enough each time, though all of it takes far longer.
        let steady: Vec<_> = [(9, None), (0, Some(TAKEN))].repeat(10);
        assert!(outcomes(&steady).iter().all(|is_well| *is_well));
        let drop_by_drop: Vec<_> = [(1, Some(1_000)), (0, None)].repeat(11);
        let outcomes = outcomes(&drop_by_drop);
        assert_eq!(outcomes.iter().position(|is_well| !is_well), Some(21), "after ten seconds");
    }
}
