//! `digest-search mcp`

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use digest_search::failure::Failure as Failed;
use digest_search::index;
use digest_search::ingest;
use digest_search::mcp::{self, BUDGET, MIN_BUDGET, Settings, Update};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::index::now;
use super::panics;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Update the index before each answer
    #[arg(long)]
    refresh: bool,
    /// Maximum size of a result in bytes; longer answers are divided into pages
    #[arg(long, value_name = "BYTES", default_value_t = BUDGET, value_parser = budget)]
    budget: usize,
}

const EXAMPLES: &str = "\
Examples:
  claude mcp add digests -- digest-search --index ~/news.idx mcp
  digest-search --index ~/news.idx mcp --refresh

docs/assistants.md has the settings of Claude Desktop, Claude Code, VS Code, Cursor and Zed.";

fn budget(typed: &str) -> Result<usize, String> {
    let budget = typed.parse().ok().filter(|bytes| *bytes >= MIN_BUDGET);
    budget.ok_or_else(|| format!("a number of bytes, at least {MIN_BUDGET}"))
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    if io::stdin().is_terminal() {
        context.note("mcp reads JSON-RPC messages from standard input; an assistant starts it");
    }
    let index = absolute(&context.index);
    let update = args.refresh.then(|| update(index.clone()));
    panics::report_with(|message| drop(writeln!(io::stderr(), "{message}")));
    mcp::run(Settings { index, budget: args.budget, update })?;
    Ok(Exit::Done)
}

/// Returns the path of an index from the root: messages about it are read elsewhere than in this folder.
fn absolute(index: &Path) -> PathBuf {
    match index::is_address(index) {
        true => index.to_path_buf(),
        false => std::path::absolute(index).unwrap_or_else(|_| index.to_path_buf()),
    }
}

/// Returns an update of an index from its own folders.
fn update(index: PathBuf) -> Box<Update> {
    Box::new(move || {
        let (started, today) = now();
        ingest::refresh(&index, started, today, &()).map(drop).map_err(Failed::from)
    })
}
