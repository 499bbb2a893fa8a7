//! The server for assistants: the Model Context Protocol over standard input and output. It has no search logic:
//! arguments become options, options a question, and answers are those of the command line as JSON.
//!
//! One thread reads and writes messages (`handler`); calls are answered by others, a limited number at a time (`work`),
//! each from the newest commit (`answers`). `tool` has the tools, `arguments` and `schema` their options, `page` divides
//! long answers.

mod answers;
mod arguments;
mod call;
mod cursor;
mod error;
mod handler;
mod instructions;
mod json;
mod page;
mod refresh;
mod resources;
mod schema;
mod tool;
mod units;
mod work;

pub use error::Error;
pub use refresh::Update;

use std::path::PathBuf;
use std::time::Duration;

use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio_pipes;

use handler::Handler;
use refresh::Refresh;

/// The default maximum size of a result in bytes: about 6,000 tokens.
pub const BUDGET: usize = 20_000;

/// The least maximum size of a result: enough for one unit of an answer.
pub const MIN_BUDGET: usize = 4_000;

/// Interval at which an outdated reader is dropped without calls.
const LOOK: Duration = Duration::from_secs(5);

/// Settings of a server.
pub struct Settings {
    /// The folder or the address of the index, which need not exist yet.
    pub index: PathBuf,
    /// Maximum size of a result in bytes, at least [`MIN_BUDGET`].
    pub budget: usize,
    /// Updates the index before each answer.
    pub update: Option<Box<Update>>,
}

/// Serves a client on standard input and output, until it closes its end.
pub fn run(settings: Settings) -> Result<(), Error> {
    let Settings { index, budget, update } = settings;
    let handler = Handler::new(index, update.map(Refresh::new), budget.max(MIN_BUDGET));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        // Ends with the runtime.
        tokio::spawn(handler.answers.current.clone().drop_outdated_every(LOOK));
        match handler.serve(stdio_pipes()).await {
            // Calls that are being answered get a few seconds.
            Ok(session) => drop(session.waiting().await),
            // The client closed its end before it began a session.
            Err(ServerInitializeError::ConnectionClosed(_)) => {}
            Err(error) => return Err(Error::Session(error.to_string())),
        }
        Ok(())
    });
    // Threads that still answer end with the process.
    runtime.shutdown_background();
    result
}
