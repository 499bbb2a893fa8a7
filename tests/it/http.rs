//! A server for a test, and a client that sends raw bytes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::env::TestEnv;

/// A running server, stopped on drop.
pub struct Server {
    child: Child,
    /// The host and port.
    pub address: String,
}

/// A response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    /// The headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Server {
    /// Serves the index of a folder on a free port.
    pub fn start(env: &TestEnv, args: &[&str]) -> Self {
        let errors = fs::File::create(env.path("serve.err")).unwrap();
        Self::spawn(env.command(&[&["serve", "--listen", "127.0.0.1:0"], args].concat()).stderr(errors))
    }

    /// Serves with a command.
    pub fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        Self { child, address }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends raw bytes and reads one response.
    pub fn raw(&self, request: impl AsRef<[u8]>) -> Response {
        let mut stream = self.connect();
        // The server may close before all is sent.
        let _ = stream.write_all(request.as_ref());
        read(&mut BufReader::new(stream))
    }

    pub fn get(&self, target: &str) -> Response {
        self.with(target, "")
    }

    /// Requests a target with further headers, each with its line end.
    pub fn with(&self, target: &str, headers: &str) -> Response {
        self.raw(format!("GET {target} HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n", self.address))
    }

    /// Requests a path with parameters, which are escaped.
    pub fn ask(&self, path: &str, parameters: &[(&str, &str)]) -> Response {
        self.get(&target(path, parameters))
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal to end.
    pub fn signal(&self, signal: &str) {
        Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
    }

    /// Sends a signal to end; returns the exit code.
    pub fn stop(mut self, signal: &str) -> Option<i32> {
        self.end(signal, Duration::from_secs(30)).expect("it goes on").code()
    }

    /// Sends a signal to end; returns the exit status, if in time.
    fn end(&mut self, signal: &str, patience: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + patience;
        if self.child.try_wait().unwrap().is_none() {
            Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        }
        loop {
            match self.child.try_wait().unwrap() {
                None if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
                ended => return ended,
            }
        }
    }
}

impl Drop for Server {
    /// A signal first, so that a coverage build writes its profile.
    fn drop(&mut self) {
        self.end("-TERM", Duration::from_secs(2));
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The status, code, message and hint of an error.
    pub fn error(&self) -> String {
        let error = &self.json()["error"];
        let part = |name: &str| error[name].as_str().unwrap_or("–").to_owned();
        format!("{} {}: {}; {}", self.status, part("code"), part("message"), part("hint"))
    }
}

/// A path with parameters, percent-encoded except letters and digits.
pub fn target(path: &str, parameters: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
        text.bytes().map(byte).collect()
    };
    let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// Reads one response with a length.
pub fn read(stream: &mut impl BufRead) -> Response {
    let mut line = || {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let first = line();
    let status = first.split(' ').nth(1).unwrap_or_else(|| panic!("no answer: {first}")).parse().unwrap();
    let mut headers = Vec::new();
    loop {
        let line = line();
        let Some((name, value)) = line.split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
    let mut body = Vec::new();
    stream.take(length).read_to_end(&mut body).unwrap();
    Response { status, headers, body }
}
