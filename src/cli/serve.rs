//! `digest-search serve`

use std::io::{self, Write};
use std::net::SocketAddr;

use digest_search::engine::Reader;
use digest_search::render::shown;
use digest_search::serve::{LISTEN, Log, PublicUrl, Served, Server, Settings};

use super::failure::Failure;
use super::{Context, Exit, panics};

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

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let log = context.verbose.then(|| Box::new(tell) as Box<Log>);
    let settings = Settings { index: context.index.clone(), listen: args.listen, public_url: args.public_url, log };
    let server = Server::bind(settings)?;
    let address = server.address();
    let note = |note: &str| context.note(note);
    if !address.ip().is_loopback() {
        note(
            "everyone who can reach this machine can read the whole index, and keep it busy; nothing asks who they are",
        );
    }
    if let Err(error) = Reader::open(&context.index) {
        note(&format!("{error}; until there is one, requests are answered with 503"));
    }
    // Where nobody reads it, there is nobody to tell.
    let _ = writeln!(io::stdout(), "http://{address}/").and_then(|()| io::stdout().flush());
    panics::say_at_once();
    server.run()?;
    Ok(Exit::Done)
}

fn tell(served: &Served<'_>) {
    let Served { peer, method, target, status, bytes, took, fault } = served;
    let fault = fault.map_or_else(String::new, |fault| format!(": {fault}"));
    let line = format!("{peer} {method} {target} {status} {bytes} B {} ms{fault}", took.as_millis());
    let _ = writeln!(io::stderr(), "{}", shown(&line));
}
