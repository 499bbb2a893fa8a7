//! Connections: taken, served one request after the other, and ended in time.

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
use super::log::Seldom;
use super::places::{Place, Places};
use super::site::Site;
use super::stream::Stream;

/// Where no connection can be taken, most often for want of files, it is tried again after so long.
const PAUSE: Duration = Duration::from_millis(50);

/// When the server stops, a request that is on its way has so long to arrive.
const LAST: Duration = Duration::from_millis(100);

/// So many connections that wait to be taken when the server stops still are.
const LAST_TAKEN: usize = 4_096;

/// What goes wrong with connections is said no more often.
const SAID_EVERY: Duration = Duration::from_secs(60);

/// Takes connections until the first word comes by `stop`; then waits for open requests to end, but not long, and not
/// when a second word comes. Returns how many requests had not ended.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    limits: &Limits,
    mut stop: mpsc::Receiver<()>,
) -> io::Result<usize> {
    let (stopped, stopping) = watch::channel(false);
    // Nothing is sent: it ends when every connection has dropped its end.
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    let places = Places::new(limits.connections);
    let server = Connections { places, site, limits: limits.clone(), stopping, open };
    let (no_file, no_place) = (Seldom::new(SAID_EVERY), Seldom::new(SAID_EVERY));
    let said = |seldom: &Seldom, what: &str| {
        if seldom.is_due(Instant::now()) {
            server.site.note(what);
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
                // Where everyone has something to do, it is better to refuse than to keep waiting.
                if !server.take(tcp, peer) {
                    said(&no_place, "all connections are busy; a new one was closed");
                }
            }
            // The client is gone already.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => (),
            Err(error) => {
                said(&no_file, &format!("no connection can be accepted at the moment: {error}"));
                sleep(PAUSE).await;
            }
        }
    }
    let places = server.places.clone();
    // Who has connected before is answered.
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
    // Nobody may be there to hear.
    let _ = stopped.send(true);
    let again = async {
        // Where nobody can say a word any more, none comes.
        if stop.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = timeout(limits.grace, all_closed.recv()) => (),
        () = again => (),
    }
    Ok(places.busy())
}

/// What all connections share.
struct Connections {
    places: Arc<Places>,
    site: Arc<Site>,
    limits: Limits,
    stopping: watch::Receiver<bool>,
    open: mpsc::Sender<Infallible>,
}

impl Connections {
    /// Serves a connection, if there is a place for it; whether there is.
    fn take(&self, tcp: TcpStream, peer: SocketAddr) -> bool {
        let Some(place) = self.places.take() else { return false };
        let (site, limits, stopping) = (self.site.clone(), self.limits.clone(), self.stopping.clone());
        let open = self.open.clone();
        tokio::spawn(async move {
            converse(tcp, peer, &place, &site, &limits, stopping).await;
            drop((place, open));
        });
        true
    }
}

/// Answers what comes on a connection.
async fn converse(
    tcp: TcpStream,
    peer: SocketAddr,
    place: &Place,
    site: &Site,
    limits: &Limits,
    mut stopping: watch::Receiver<bool>,
) {
    // An answer is written at once and should go at once.
    let _ = tcp.set_nodelay(true);
    let stream = TokioIo::new(Stream::new(tcp, place.seat.clone(), limits.send));
    let is_last = stopping.clone();
    let is_last = &is_last;
    let service = service_fn(|request| async move {
        place.seat.begin();
        let reply = site.answer(peer, request.method(), request.uri(), request.headers()).await;
        let is_last = *is_last.borrow();
        Ok::<_, Infallible>(reply.into_response(place.seat.clone(), is_last))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        // A client that has nothing more to say may still wait for its answer.
        .half_close(true)
        .serve_connection(stream, service);
    let mut connection = pin!(connection);
    let mut last = pin!(sleep(LAST));
    let mut end = End::Open;
    loop {
        // The connection comes first: a request that has arrived is answered.
        tokio::select! {
            biased;
            // What goes wrong on a connection ends it, and is of no interest to anyone but the client.
            _ = connection.as_mut() => return,
            () = place.seat.leave.notified() => return,
            _ = stopping.changed(), if end == End::Open => {
                end = End::Waiting;
                last.as_mut().reset(tokio::time::Instant::now() + LAST);
            }
            () = last.as_mut(), if end == End::Waiting => {
                if !place.seat.is_busy() {
                    return;
                }
                end = End::Ending;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// How near a connection is to its end.
#[derive(PartialEq, Eq)]
enum End {
    Open,
    /// The server stops; a request may still arrive.
    Waiting,
    /// Only the request that is being answered is waited for.
    Ending,
}
