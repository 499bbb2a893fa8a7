//! Requests and answers of HTTP/1.1.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;

/// A request as it was received.
#[derive(Debug, Clone)]
pub struct Received {
    /// Method and path.
    pub line: String,
    /// The headers.
    pub headers: String,
}

/// Returns an answer with a header line or more.
pub fn http(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{headers}\r\n\r\n{body}", body.len())
}

/// Reads a request; `None` if it is none.
pub fn read(stream: &TcpStream) -> Option<(Received, String)> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let (line, headers) = lines.split_first()?;
    let headers = headers.join("\n").to_lowercase();
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let line = line.rsplit_once(' ')?.0.to_owned();
    Some((Received { line, headers }, String::from_utf8(body).ok()?))
}
