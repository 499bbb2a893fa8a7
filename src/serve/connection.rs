//! Connections: accepted, served one request at a time, and closed in time.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::limits::{Limits, MAX_HEAD, MAX_HEADERS};
use super::log::RateLimit;
use super::site::Site;
use super::slots::{Slot, Slots};
use super::stream::Stream;

/// Pause after a failed accept, most often for lack of file descriptors.
const PAUSE: Duration = Duration::from_millis(50);

/// Time for a request in flight to arrive when the server stops.
const LAST: Duration = Duration::from_millis(100);

/// Maximum number of waiting connections accepted when the server stops.
const LAST_TAKEN: usize = 4_096;

/// Minimum interval between notes on connection errors.
const NOTE_INTERVAL: Duration = Duration::from_secs(60);

/// Accepts connections until a message on `stop`; then waits for open requests, at most for the grace period or until a
/// second message. Returns the number of requests cut off.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    limits: &Limits,
    mut stop: mpsc::Receiver<()>,
) -> io::Result<usize> {
    let (stopped, stopping) = watch::channel(false);
    // Carries no message: it closes when every connection has dropped its end.
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    let slots = Slots::new(limits.connections);
    let server = Connections { slots, site, limits: limits.clone(), stopping, open };
    let (no_file, no_slot) = (RateLimit::new(NOTE_INTERVAL), RateLimit::new(NOTE_INTERVAL));
    let note = |limit: &RateLimit, message: &str| {
        if limit.is_due(Instant::now()) {
            server.site.note(message);
        }
    };
    loop {
        let accepted = tokio::select! {
            biased;
            _ = stop.recv() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((tcp, peer)) => {
                // If all connections are busy, refusing is better than a long wait.
                if !server.take(tcp, peer) {
                    note(&no_slot, "all connections are busy: closed a new one");
                }
            }
            // The client has closed the connection already.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => (),
            Err(error) => {
                note(&no_file, &format!("cannot accept connections: {error}"));
                sleep(PAUSE).await;
            }
        }
    }
    let slots = server.slots.clone();
    // Clients that have connected get an answer.
    let listener = listener.into_std()?;
    for _ in 0..LAST_TAKEN {
        let Ok((tcp, peer)) = listener.accept() else { break };
        if tcp.set_nonblocking(true).is_ok()
            && let Ok(tcp) = TcpStream::from_std(tcp)
        {
            server.take(tcp, peer);
        }
    }
    drop((listener, server));
    // There may be no connection left.
    let _ = stopped.send(true);
    let again = async {
        // A closed channel sends no second message.
        if stop.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = timeout(limits.grace, all_closed.recv()) => (),
        () = again => (),
    }
    Ok(slots.busy())
}

/// State shared by all connections.
struct Connections {
    slots: Arc<Slots>,
    site: Arc<Site>,
    limits: Limits,
    stopping: watch::Receiver<bool>,
    open: mpsc::Sender<Infallible>,
}

impl Connections {
    /// Serves a connection if there is a free slot; reports whether there is.
    fn take(&self, tcp: TcpStream, peer: SocketAddr) -> bool {
        let Some(slot) = self.slots.take() else { return false };
        let (site, limits, stopping) = (self.site.clone(), self.limits.clone(), self.stopping.clone());
        let open = self.open.clone();
        tokio::spawn(async move {
            converse(tcp, peer, &slot, &site, &limits, stopping).await;
            drop((slot, open));
        });
        true
    }
}

/// Answers the requests of a connection.
async fn converse(
    tcp: TcpStream,
    peer: SocketAddr,
    slot: &Slot,
    site: &Site,
    limits: &Limits,
    mut stopping: watch::Receiver<bool>,
) {
    // An answer is written as a whole and needs no coalescing.
    let _ = tcp.set_nodelay(true);
    let stream = TokioIo::new(Stream::new(tcp, slot.activity.clone(), limits.send));
    let is_last = stopping.clone();
    let is_last = &is_last;
    let service = service_fn(|request| async move {
        slot.activity.begin();
        let reply = site.answer(peer, request.method(), request.uri(), request.headers()).await;
        let is_last = *is_last.borrow();
        Ok::<_, Infallible>(reply.into_response(slot.activity.clone(), is_last))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        // A client that has closed its side may still wait for the answer.
        .half_close(true)
        .serve_connection(stream, service);
    let mut connection = pin!(connection);
    let mut last = pin!(sleep(LAST));
    let mut end = End::Open;
    loop {
        // The connection comes first: a request that has arrived is answered.
        tokio::select! {
            biased;
            // An error on a connection ends it and concerns only its client.
            _ = connection.as_mut() => return,
            () = slot.activity.close.notified() => return,
            _ = stopping.changed(), if end == End::Open => {
                end = End::Waiting;
                last.as_mut().reset(tokio::time::Instant::now() + LAST);
            }
            () = last.as_mut(), if end == End::Waiting => {
                if !slot.activity.is_busy() {
                    return;
                }
                end = End::Ending;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// State of a connection during shutdown.
#[derive(PartialEq, Eq)]
enum End {
    Open,
    /// The server stops; a request may still arrive.
    Waiting,
    /// Only the current request is completed.
    Ending,
}
