//! A server for assistants for a test, and a client that exchanges lines of JSON with it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::env::TestEnv;

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server, stopped on drop.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<Value>,
    next: u64,
    /// The result of `initialize`.
    pub session: Value,
}

impl Client {
    /// Starts a server and begins a session.
    pub fn start(env: &TestEnv, args: &[&str]) -> Self {
        Self::start_with(env, &[], args)
    }

    /// Starts a server with global options.
    pub fn start_with(env: &TestEnv, global: &[&str], args: &[&str]) -> Self {
        let errors = std::fs::File::create(env.path("mcp.err")).unwrap();
        let mut command = env.command(&[global, &["mcp"], args].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors).spawn().unwrap();
        let (sender, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in output.lines() {
                let line = line.unwrap();
                // Nothing but messages of the protocol is on standard output.
                let message: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
                assert_eq!(message["jsonrpc"], "2.0", "{line}");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        let mut client = Self { child, input, lines, next: 0, session: Value::Null };
        let info = json!({ "name": "test", "version": "1" });
        let parameters = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info });
        client.session = client.request("initialize", parameters)["result"].clone();
        client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        client
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let input = self.input.as_mut().expect("open");
        input.write_all(format!("{message}\n").as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// Sends a request and returns its id.
    pub fn post(&mut self, method: &str, parameters: Value) -> u64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        id
    }

    /// Returns the next message; none if the server has ended.
    pub fn next(&self) -> Option<Value> {
        self.lines.recv_timeout(PATIENCE).ok()
    }

    /// Sends a request and returns the answer.
    pub fn request(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.post(method, parameters);
        let answer = self.next().unwrap_or_else(|| panic!("no answer to {method}"));
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Calls a tool; returns the text of the result and whether it is an error.
    pub fn call(&mut self, tool: &str, arguments: &Value) -> (String, bool) {
        let answer = self.request("tools/call", json!({ "name": tool, "arguments": arguments }));
        let result = &answer["result"];
        let content = result["content"].as_array().unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(content.len(), 1, "{answer}");
        (content[0]["text"].as_str().unwrap().to_owned(), result["isError"] == true)
    }

    /// Calls a tool and expects an error.
    pub fn fails(&mut self, tool: &str, arguments: &Value) -> String {
        let (text, is_error) = self.call(tool, arguments);
        assert!(is_error, "{tool} {arguments}: {text}");
        text
    }

    /// Calls a tool and reads its first page.
    pub fn page(&mut self, tool: &str, arguments: &Value) -> Value {
        let (text, is_error) = self.call(tool, arguments);
        assert!(!is_error, "{tool} {arguments}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Calls a tool until its last page.
    pub fn pages(&mut self, tool: &str, arguments: &Value) -> Vec<Value> {
        let mut pages = vec![self.page(tool, arguments)];
        while let Some(cursor) = pages.last().unwrap()["page"]["cursor"].as_str() {
            let mut arguments = arguments.clone();
            arguments["cursor"] = cursor.into();
            let page = self.page(tool, &arguments);
            pages.push(page);
        }
        pages
    }

    /// Calls a tool and merges all pages.
    pub fn whole(&mut self, tool: &str, arguments: &Value) -> Value {
        merged(self.pages(tool, arguments))
    }

    /// Closes the input, waits for the end of the server, and returns the exit code.
    pub fn close(mut self) -> i32 {
        drop(self.input.take());
        self.wait()
    }

    /// Waits for the end of the server.
    fn wait(&mut self) -> i32 {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(begin.elapsed() < PATIENCE, "the server does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.input.take());
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Merges the pages of an answer as docs/assistants.md says.
pub fn merged(pages: Vec<Value>) -> Value {
    let mut whole = json!({});
    for mut page in pages {
        let about = page.as_object_mut().unwrap().remove("page").unwrap_or_default();
        let open = about["continues"].as_array().cloned().unwrap_or_default();
        merge(&mut whole, page, &open);
    }
    whole
}

/// Merges the next page into an answer; `open` are the steps to what it continues.
fn merge(into: &mut Value, from: Value, open: &[Value]) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.get_mut(&key) {
                    Some(own) if open.first().is_some_and(|step| *step == key.as_str()) => {
                        merge(own, value, &open[1..])
                    }
                    _ => drop(into.insert(key, value)),
                }
            }
        }
        (Value::Array(into), Value::Array(from)) => {
            let mut from = from.into_iter();
            if let ([_, rest @ ..], Some(last)) = (open, into.last_mut()) {
                merge(last, from.next().unwrap(), rest);
            }
            into.extend(from);
        }
        (Value::String(into), Value::String(from)) => into.push_str(&from),
        (into, from) => panic!("{from} continues {into}"),
    }
}
