//! `digest-search man`

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use digest_search::render;

use super::failure::Failure;
use super::{Cli, Exit, written};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search man | man -l -
  digest-search man query | man -l -
  digest-search man > ~/.local/share/man/man1/digest-search.1")]
pub struct Args {
    /// A command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut all = Cli::command();
    all.build();
    let page = match &args.command {
        None => all,
        Some(name) => all.find_subcommand(name).cloned().ok_or_else(|| unknown(&all, name))?,
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff).map_err(render::Error::from)?;
    // The library has a heading of its own for what stands behind the options.
    let roff = String::from_utf8_lossy(&roff).replace(".SH EXTRA", ".SH NOTES");
    written(io::stdout().write_all(roff.as_bytes()).map_err(render::Error::from), Exit::Done)
}

fn unknown(all: &Command, name: &str) -> Failure {
    let known: Vec<&str> = all.get_subcommands().map(Command::get_name).collect();
    Failure::message("usage", format!("there is no command `{name}`"), &format!("commands are {}", known.join(", ")))
}
