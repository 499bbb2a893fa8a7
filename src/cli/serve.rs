//! `digest-search serve`

use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;

use digest_search::index;
use digest_search::render::numbers::counted_as;
use digest_search::render::shown;
use digest_search::serve::{LISTEN, Log, PublicUrl, Served, Server, Settings};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::lines::Lines;
use super::panics;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Address and port to listen on; port 0 stands for any that is free
    #[arg(long, value_name = "ADDR:PORT", default_value_t = LISTEN)]
    listen: SocketAddr,
    /// Address under which others know it, where a proxy stands before it; with the path that everything is below
    #[arg(long, value_name = "URL")]
    public_url: Option<PublicUrl>,
}

const EXAMPLES: &str = "\
Examples:
  digest-search serve
  digest-search serve --listen 127.0.0.1:8080 -v
  digest-search serve --public-url https://news.example/digests
  curl 'http://127.0.0.1:7440/api/v1/query?q=tariff&limit=3'";

/// Bytes of an address that are logged.
const MAX_TARGET: usize = 2_048;

/// Lines of the log have so long to be read when the server ends.
const PATIENCE: Duration = Duration::from_millis(500);

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let lines = Lines::to_stderr();
    let log = context.verbose.then(|| {
        let lines = lines.clone();
        Box::new(move |served: &Served<'_>| lines.say(shown(&line(served)))) as Box<Log>
    });
    let note = {
        let lines = lines.clone();
        move |note: &str| lines.say(format!("note: {}", shown(note)))
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
            "everyone who can reach this machine can read the whole index, and keep it busy; nothing asks who they are",
        );
    }
    if let Err(error) = index::open(&context.index) {
        note(&format!("{error}; until there is one, requests are answered with 503"));
    }
    // Where nobody reads it, there is nobody to tell.
    let _ = writeln!(io::stdout(), "http://{address}/").and_then(|()| io::stdout().flush());
    let of_panics = lines.clone();
    panics::say_by(move |said| of_panics.say(said));
    let ended = server.run();
    if let Ok(open @ 1..) = ended {
        note(&format!("stopped before {} ended", counted_as(open, "request", "requests")));
    }
    lines.finish(PATIENCE);
    ended?;
    Ok(Exit::Done)
}

fn line(served: &Served<'_>) -> String {
    let Served { peer, method, target, status, bytes, took, fault } = served;
    let fault = fault.map_or_else(String::new, |fault| format!(": {fault}"));
    let (target, more) = match target.get(..MAX_TARGET) {
        Some(begin) if target.len() > MAX_TARGET => (begin, "…"),
        _ => (*target, ""),
    };
    format!("{peer} {method} {target}{more} {status} {bytes} B {} ms{fault}", took.as_millis())
}
