//! Tests of slow clients, many connections and shutdown, with short timeouts.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::limits::Limits;
use super::{LISTEN, Server, Settings};

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A server without an index, which still answers.
struct Running {
    address: SocketAddr,
    stop: mpsc::Sender<()>,
    thread: Option<JoinHandle<usize>>,
    _folder: tempfile::TempDir,
}

impl Running {
    fn with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut listen = LISTEN;
        listen.set_port(0);
        let index = folder.path().join("none");
        let settings = Settings { index, listen, public_url: None, log: None, notes: None };
        let server = Server::with_limits(settings, limits).expect("a free port");
        let (stop, receiver) = mpsc::channel(2);
        let address = server.address();
        let thread = std::thread::spawn(move || server.run_with(|| Ok(receiver)).expect("served"));
        Self { address, stop, thread: Some(thread), _folder: folder }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        stream
    }

    fn send(&self, stream: &mut TcpStream, path: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("sent");
    }

    /// Returns the status line of the answer on a connection.
    fn status(&self, stream: &mut TcpStream) -> String {
        let mut line = Vec::new();
        let mut byte = [0];
        while stream.read(&mut byte).expect("an answer in time") == 1 && byte != *b"\r" {
            line.push(byte[0]);
        }
        String::from_utf8(line).expect("text")
    }

    fn ask(&self) -> String {
        let mut stream = self.connect();
        self.send(&mut stream, "/api/v1/query");
        self.status(&mut stream)
    }

    /// Returns a connection full of unread answers.
    fn with_unread_answers(&self) -> TcpStream {
        let mut stream = self.connect();
        stream.set_write_timeout(Some(ms(200))).expect("set");
        let request = format!("GET /api/v1/openapi.json HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        while stream.write_all(request.as_bytes()).is_ok() {}
        stream
    }

    fn end(&mut self) -> Duration {
        let begin = Instant::now();
        self.stop.blocking_send(()).expect("it runs");
        self.thread.take().expect("it runs").join().expect("ended well");
        begin.elapsed()
    }
}

const ANSWERED: &str = "HTTP/1.1 503 Service Unavailable";

/// Reads until the server closes the connection; returns the time it took.
fn until_closed(stream: &mut TcpStream) -> Duration {
    let begin = Instant::now();
    let mut rest = Vec::new();
    // A reset closes the connection, too.
    if let Err(error) = stream.read_to_end(&mut rest) {
        assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "it stays open");
    }
    begin.elapsed()
}

#[test]
fn slow_clients_are_dropped_and_block_no_other() {
    let server = Running::with(Limits { head: ms(400), ..Limits::default() });
    let mut silent = server.connect();
    let mut dripping = server.connect();
    let mut idle = server.connect();
    server.send(&mut idle, "/api/v1/query");
    assert_eq!(server.status(&mut idle), ANSWERED);
    let begin = Instant::now();
    for byte in b"GET /api/v1/query HTTP/1.1\r\nHost: a.example\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaa" {
        assert_eq!(server.ask(), ANSWERED);
        if dripping.write_all(&[*byte]).is_err() {
            break;
        }
        std::thread::sleep(ms(20));
    }
    assert!(begin.elapsed() < Duration::from_secs(10));
    for stream in [&mut silent, &mut dripping, &mut idle] {
        assert!(until_closed(stream) < Duration::from_secs(5));
    }
}

#[test]
fn idle_connections_keep_no_client_out() {
    let server = Running::with(Limits { connections: 8, ..Limits::default() });
    let mut idle: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    for _ in 0..10 {
        assert_eq!(server.ask(), ANSWERED);
    }
    assert!(until_closed(&mut idle[0]) < Duration::from_secs(5), "the oldest idle one is closed");
}

#[test]
fn clients_that_do_not_read_are_dropped() {
    let server = Running::with(Limits { send: ms(500), ..Limits::default() });
    let mut stream = server.connect();
    // Far more than the system buffers.
    let begin = Instant::now();
    stream.set_write_timeout(Some(ms(5_000))).expect("set");
    let request = format!("GET /api/v1/openapi.json HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let mut sent = Ok(());
    while sent.is_ok() && begin.elapsed() < Duration::from_secs(15) {
        sent = stream.write_all(request.as_bytes());
    }
    let error = sent.expect_err("the connection ends");
    assert!(!matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut), "{error}");
}

#[test]
fn a_server_stops_in_time() {
    let mut server = Running::with(Limits { grace: ms(500), ..Limits::default() });
    let mut idle = server.connect();
    server.send(&mut idle, "/api/v1/query");
    assert_eq!(server.status(&mut idle), ANSWERED);
    assert!(server.end() < ms(400), "all connections are idle");
    let mut server = Running::with(Limits { grace: ms(500), ..Limits::default() });
    let mut half = server.connect();
    half.write_all(b"GET / HT").expect("sent");
    assert_eq!(server.ask(), ANSWERED);
    assert!(server.end() < Duration::from_secs(3), "even with a partial request");
    assert!(TcpStream::connect(server.address).is_err());
}

#[test]
fn open_requests_are_cut_off_after_the_grace_period_or_a_second_signal() {
    let limits = Limits { grace: ms(600), send: Duration::from_secs(60), ..Limits::default() };
    let mut server = Running::with(limits.clone());
    let with_unread_answers = server.with_unread_answers();
    let begin = Instant::now();
    server.stop.blocking_send(()).expect("it runs");
    let open = server.thread.take().expect("it runs").join().expect("ended well");
    assert_eq!(open, 1);
    assert!(begin.elapsed() >= ms(600), "after the grace period");
    drop(with_unread_answers);
    let mut server = Running::with(Limits { grace: Duration::from_secs(600), ..limits });
    let with_unread_answers = server.with_unread_answers();
    server.stop.blocking_send(()).expect("it runs");
    server.stop.blocking_send(()).expect("it runs");
    assert_eq!(server.thread.take().expect("it runs").join().expect("ended well"), 1);
    drop(with_unread_answers);
}
