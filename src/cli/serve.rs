//! `digest-search serve`

use std::io::{self, Write};
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use digest_search::render::numbers::counted_as;
use digest_search::render::{Answer, Format, IndexAnswer, render, shown};
use digest_search::serve::{LISTEN, Log, PublicUrl, RequestLog, Server, Settings};

use super::context::Context;
use super::exit::Exit;
use super::failure::{self, Failure};
use super::lines::Lines;
use super::output::OutputArgs;
use super::watch::Watch;
use super::{index, panics, stop};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Address and port to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDR:PORT", default_value_t = LISTEN)]
    listen: SocketAddr,
    /// Public URL of the server behind a proxy, including a path prefix
    #[arg(long, value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// Update the index whenever its folders change
    #[arg(long)]
    watch: bool,
}

const EXAMPLES: &str = "\
Examples:
  digest-search serve
  digest-search serve --watch
  digest-search serve --listen 127.0.0.1:8080 -v
  digest-search serve --public-url https://news.example/digests
  curl 'http://127.0.0.1:7440/api/v1/query?q=tariff&limit=3'";

/// Maximum number of bytes of a request target in the log.
const MAX_TARGET: usize = 2_048;

/// Time for writing the rest of the log when the server ends.
const PATIENCE: Duration = Duration::from_millis(500);

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let lines = Lines::to_stderr();
    let log = context.verbose.then(|| {
        let lines = lines.clone();
        Box::new(move |served: &RequestLog<'_>| lines.write(shown(&line(served)))) as Box<Log>
    });
    let note = {
        let lines = lines.clone();
        move |note: &str| lines.write(format!("note: {}", shown(note)))
    };
    let settings = Settings {
        index: context.index.clone(),
        listen: args.listen,
        public_url: args.public_url,
        log,
        notes: Some(Box::new(note.clone())),
    };
    let server = Server::bind(settings)?;
    let address = server.address();
    if !address.ip().is_loopback() {
        note(
            "anyone who can reach this address can read the whole index and load the server: there is no authentication",
        );
    }
    if let Err(error) = digest_search::index::open(&context.index) {
        note(&format!("{error}; requests get status 503 until the index exists"));
    }
    // A closed stdout does not stop the server.
    let _ = writeln!(io::stdout(), "http://{address}/").and_then(|()| io::stdout().flush());
    let panic_lines = lines.clone();
    panics::report_with(move |message| panic_lines.write(message));
    let watching = args.watch.then(|| watch(context.clone(), lines.clone()));
    let ended = server.run();
    // A run that is under way ends before its commit, or with it.
    if let Some(watching) = watching.filter(|_| stop::is_stopped()) {
        let _ = watching.join();
    }
    if let Ok(open @ 1..) = ended {
        note(&format!("stopped with {} still open", counted_as(open, "request", "requests")));
    }
    lines.finish(PATIENCE);
    ended?;
    Ok(Exit::Done)
}

/// Keeps the index up to date in a thread of its own, until the process is stopped.
fn watch(context: Context, lines: Lines) -> JoinHandle<()> {
    thread::spawn(move || {
        let folders = index::folders(None, &context).unwrap_or_default();
        let report = |answer: IndexAnswer| {
            let mut text = Vec::new();
            let output = OutputArgs::default().output(&context)?;
            render(&Answer::Index(answer), &output, &mut text)?;
            lines.write(String::from_utf8_lossy(&text).trim_end().to_owned());
            Ok(true)
        };
        let folders = folders.into_iter().map(|folder| folder.path).collect();
        let watch = Watch { folders, update: || index::update_again(&context), report, must_begin: false };
        if let Err(failure) = watch.run(&context) {
            failure::write(&failure, context.format == Format::Json, context.terminal.error_color);
        }
    })
}

fn line(served: &RequestLog<'_>) -> String {
    let RequestLog { peer, method, target, status, bytes, took, fault } = served;
    let fault = fault.map_or_else(String::new, |fault| format!(": {fault}"));
    let (target, more) = match target.get(..MAX_TARGET) {
        Some(begin) if target.len() > MAX_TARGET => (begin, "…"),
        _ => (*target, ""),
    };
    format!("{peer} {method} {target}{more} {status} {bytes} B {} ms{fault}", took.as_millis())
}
