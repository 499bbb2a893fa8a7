//! Connections: taken, served one request after the other, and ended in time.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::limits::{Limits, MAX_HEAD, MAX_HEADERS};
use super::places::{Place, Places};
use super::site::Site;
use super::stream::Stream;

/// Where no connection can be taken, most often for want of files, it is tried again after so long.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes connections until it is told to stop; then waits for requests to end, but not long, and not when told again.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    limits: &Limits,
    stop: impl Future<Output = ()>,
    again: impl Future<Output = ()>,
) {
    let places = Places::new(limits.connections);
    let (stopped, stopping) = watch::channel(false);
    // Nothing is sent: it ends when every connection has dropped its end.
    let (open, mut all_closed) = mpsc::channel::<Infallible>(1);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((tcp, peer)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        // Where everyone has something to do, it is better to refuse than to keep waiting.
        let Some(place) = places.take() else { continue };
        let (site, limits, stopping, open) = (site.clone(), limits.clone(), stopping.clone(), open.clone());
        tokio::spawn(async move {
            converse(tcp, peer, &place, &site, &limits, stopping).await;
            drop((place, open));
        });
    }
    drop((listener, open));
    // Nobody may be there to hear.
    let _ = stopped.send(true);
    tokio::select! {
        _ = timeout(limits.grace, all_closed.recv()) => (),
        () = again => (),
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
    let service = service_fn(|request| async move {
        place.seat.set_busy(true);
        let reply = site.answer(peer, request.method(), request.uri(), request.headers()).await;
        Ok::<_, Infallible>(reply.into_response())
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .serve_connection(stream, service);
    let mut connection = pin!(connection);
    let mut is_stopping = false;
    loop {
        tokio::select! {
            // What goes wrong on a connection ends it, and is of no interest to anyone but the client.
            _ = connection.as_mut() => return,
            () = place.seat.leave.notified() => return,
            _ = stopping.changed(), if !is_stopping => {
                is_stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
