//! A server with scripted answers, for what a real cluster cannot be made to do. What is not scripted is answered from
//! memory.

use std::io::Write;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

use super::fake::Fake;
use super::request::{Received, http, read};

/// What happens to a request.
#[derive(Debug, Clone)]
pub enum Act {
    /// An answer with this status and body; the request is not carried out.
    Answer(u16, String),
    /// The same with a header, as `NAME: VALUE`.
    With(u16, &'static str, String),
    /// These bytes; the request is not carried out.
    Raw(String),
    /// The request is carried out, then the connection is closed without an answer.
    Lost,
    /// The request is carried out and answered; the connection stays open for the client, but not here.
    Dead,
    /// The connection stays open without an answer.
    Silent,
    /// The answer from memory with a part replaced.
    Edited(&'static str, &'static str),
    /// The answer from memory to several searches, where all after the first ones have this answer.
    Fails(usize, Value),
    /// The answer from memory.
    Usual,
}

/// The state of a server.
#[derive(Default)]
pub struct State {
    pub fake: Fake,
    pub received: Vec<Received>,
    /// Acts for the next requests whose method and path contain all of some texts, separated by spaces.
    script: Vec<(String, Act)>,
    /// Called with the state after an act that loses an answer.
    after: Option<fn(&mut Fake)>,
    is_over: bool,
}

/// A server on this machine.
pub struct Stub {
    port: u16,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl Stub {
    /// Starts a server without documents.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let thread = thread::spawn(move || serve(&listener, &shared));
        Self { port, state, thread: Some(thread) }
    }

    /// The address of its index.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/news", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Lets some requests have these acts, in turn. `what` are texts that method and path contain, such as `POST _bulk`.
    pub fn on(&self, what: &str, acts: impl IntoIterator<Item = Act>) -> &Self {
        self.state().script.extend(acts.into_iter().map(|act| (what.to_owned(), act)));
        self
    }

    /// Forgets the acts that are left.
    pub fn calm(&self) {
        self.state().script.clear();
    }

    /// Changes the documents after an answer was lost.
    pub fn then(&self, after: fn(&mut Fake)) -> &Self {
        self.state().after = Some(after);
        self
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The number of requests whose method and path contain all of some texts.
    pub fn count(&self, what: &str) -> usize {
        self.state().received.iter().filter(|request| is_about(what, &request.line)).count()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.state().is_over = true;
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        self.thread.take().map(JoinHandle::join);
    }
}

fn is_about(what: &str, line: &str) -> bool {
    what.split(' ').all(|text| line.contains(text))
}

fn serve(listener: &TcpListener, state: &Mutex<State>) {
    let mut silent = Vec::new();
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        // Another protocol may send no whole line.
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let Some((received, body)) = read(&stream) else {
            if state.lock().unwrap().is_over {
                return;
            }
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
            continue;
        };
        let mut state = state.lock().unwrap();
        let line = received.line.clone();
        state.received.push(received);
        let at = state.script.iter().position(|(what, _)| is_about(what, &line));
        let act = at.map_or(Act::Usual, |at| state.script.remove(at).1);
        let (method, path) = line.split_once(' ').unwrap();
        let answer = match &act {
            Act::Answer(status, body) => http(*status, "connection: close", body),
            Act::With(status, header, body) => http(*status, &format!("connection: close\r\n{header}"), body),
            Act::Raw(bytes) => bytes.clone(),
            Act::Silent => {
                silent.push(stream);
                continue;
            }
            Act::Lost | Act::Dead | Act::Usual | Act::Edited(..) | Act::Fails(..) => {
                let (status, mut answer): (u16, Value) = state.fake.answer(method, path, &body);
                if let Act::Fails(first, failure) = &act {
                    answer["responses"]
                        .as_array_mut()
                        .unwrap()
                        .iter_mut()
                        .skip(*first)
                        .for_each(|one| one.clone_from(failure));
                }
                match act {
                    Act::Lost => String::new(),
                    Act::Dead => http(status, "connection: keep-alive", &answer.to_string()),
                    Act::Edited(from, to) => http(status, "connection: close", &answer.to_string().replace(from, to)),
                    _ => http(status, "connection: close", &answer.to_string()),
                }
            }
        };
        if matches!(act, Act::Lost)
            && let Some(after) = state.after.take()
        {
            after(&mut state.fake);
        }
        let _ = stream.write_all(answer.as_bytes()).and_then(|()| stream.shutdown(Shutdown::Both));
    }
}
