//! Answers to calls, from the newest commit of the index.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use serde_json::{Map, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::arguments::{Arguments, syntax};
use super::cursor::Cursor;
use super::json::Node;
use super::page::page;
use super::refresh::Refresh;
use super::tool::Tool;
use crate::current::CurrentReader;
use crate::failure::Failure;
use crate::planning::Reader;

/// Maximum size of the stored entries of one answer in bytes.
const ENTRIES: usize = 32 << 20;

/// The index and the settings of answers.
pub struct Answers {
    pub current: Arc<CurrentReader>,
    pub refresh: Option<Refresh>,
    /// Maximum size of a result in bytes.
    pub budget: usize,
}

/// The text of a result, and whether it is an error.
pub struct Answered {
    pub text: String,
    pub is_error: bool,
}

impl Answers {
    pub fn new(index: PathBuf, refresh: Option<Refresh>, budget: usize) -> Self {
        Self { current: Arc::new(CurrentReader::new(index)), refresh, budget }
    }

    /// Answers a call. `came` is when it did.
    pub fn answer(
        &self,
        tool: Tool,
        arguments: Map<String, Value>,
        came: Instant,
        cancelled: Arc<AtomicBool>,
    ) -> Answered {
        self.page(tool, arguments, came, cancelled)
            .unwrap_or_else(|failure| Answered { text: self.for_client(failure).text(false), is_error: true })
    }

    fn page(
        &self,
        tool: Tool,
        arguments: Map<String, Value>,
        came: Instant,
        cancelled: Arc<AtomicBool>,
    ) -> Result<Answered, Failure> {
        let call = hash(tool, &arguments);
        let mut arguments = Arguments::new(arguments)?;
        let request = tool.read(&mut arguments)?;
        arguments.finish()?;
        let from = request.cursor.map(|cursor| cursor.parse::<Cursor>()?.check(call)).transpose()?;
        let warning = self.refreshed(came);
        let reader = self.current.reader()?.with_memory_limit(ENTRIES).with_cancellation(cancelled);
        let answered = request.call.answer(&reader, self.current.index());
        self.current.release(&reader);
        let (json, is_missing) = answered?;
        let invalid = |error: &dyn std::error::Error| Failure::new("internal", error, None);
        let json = String::from_utf8(json).map_err(|error| invalid(&error))?;
        let answer = Node::parse(&json).map_err(|error| invalid(&error))?;
        let next = Cursor { at: 0, call, commit: short(reader.fingerprint()) };
        let text = page(answer, from, next, warning.as_deref(), self.budget)?;
        Ok(Answered { text, is_error: is_missing })
    }

    /// Updates the index if that was wanted; returns a warning if it failed. The last commit then still answers.
    fn refreshed(&self, came: Instant) -> Option<String> {
        let failure = self.refresh.as_ref()?.run(came).err()?;
        Some(format!("the index was not refreshed: {}", failure.line()))
    }

    /// Returns a reader of the newest commit.
    pub fn reader(&self, came: Instant) -> Result<Reader, Failure> {
        self.refreshed(came);
        let reader = self.current.reader().map_err(|error| self.for_client(error.into()))?;
        Ok(reader.with_memory_limit(ENTRIES))
    }

    /// Returns a failure for the client, with what its user can do about the index.
    pub fn for_client(&self, failure: Failure) -> Failure {
        let index = self.current.index().display();
        let hint = match failure.code() {
            "no_index" => format!("run `digest-search --index {index} index FOLDER`, then ask again without a restart"),
            "other_version" => format!("run `digest-search --index {index} index`, then ask again without a restart"),
            _ => return failure.in_syntax(syntax),
        };
        Failure::message(failure.code(), failure.message_text(), hint)
    }
}

/// Returns a hash of a tool and its arguments but the cursor. Keys of the map are sorted.
fn hash(tool: Tool, arguments: &Map<String, Value>) -> u32 {
    let mut arguments = arguments.clone();
    arguments.retain(|name, value| name != "cursor" && !value.is_null());
    short(xxh3_64(format!("{} {}", tool.name(), Value::from(arguments)).as_bytes()))
}

/// Returns the lower half of a hash: enough to notice a mistake.
fn short(hash: u64) -> u32 {
    hash as u32
}
