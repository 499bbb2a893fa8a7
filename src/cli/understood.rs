//! From the arguments of the process to what they ask for, or to why that can't be told.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use super::command::Command;
use super::command_line::Cli;
use super::exit::Exit;
use super::failure::{self, Failure};
use super::global::{Color, GlobalArgs};
use super::terminal::Terminal;
use super::{arguments, suggest};

/// Why a command line can't be carried out.
pub enum Misunderstood {
    /// As clap says it, or help that was asked for.
    Clap(Box<clap::Error>),
    /// In our words.
    Own(Box<Failure>),
}

impl Misunderstood {
    /// Writes it to stderr, or the help to stdout, and says with which code to exit.
    pub fn write(&self, json: bool) -> Exit {
        match self {
            Self::Clap(error) => failure::usage(error, json),
            Self::Own(failure) => failure::write(failure, json, Terminal::new(Color::Auto, false).error_color),
        }
    }
}

fn own(failure: Failure) -> Misunderstood {
    Misunderstood::Own(Box::new(failure))
}

/// Understands a command line.
pub fn understood(args: Vec<OsString>) -> Result<Cli, Misunderstood> {
    let mut command = Cli::command();
    if arguments::may_mislead(&args) {
        arguments::check(&command, &args).map_err(own)?;
    }
    let cli = command
        .try_get_matches_from_mut(&args)
        .and_then(|mut matches| from_matches(&mut matches).map_err(|error| error.format(&mut command)));
    cli.map_err(|error| {
        let own_words = match error.kind() {
            ErrorKind::UnknownArgument => arguments::check(&command, &args).err(),
            _ => suggest::failure(&error, &command),
        };
        own_words.map_or_else(|| Misunderstood::Clap(Box::new(error)), own)
    })
}

fn from_matches(matches: &mut ArgMatches) -> Result<Cli, clap::Error> {
    let mut global = GlobalArgs::from_arg_matches_mut(matches)?;
    if let Some((_, command)) = matches.subcommand() {
        global.update(command)?;
    }
    Ok(Cli { global, command: Command::from_arg_matches_mut(matches)? })
}

/// Whether errors are wanted as JSON: before the arguments are understood, `--format` alone says so.
pub fn wants_json() -> bool {
    let args: Vec<_> = std::env::args_os().collect();
    let is_json = |value: &str| matches!(value, "json" | "jsonl");
    let behind = |arg: &str| arg.strip_prefix("--format=").or_else(|| arg.strip_prefix("-f=")).map(str::to_owned);
    let joined = args.iter().filter_map(|arg| behind(arg.to_str()?));
    let apart = args.windows(2).filter(|pair| pair[0] == "--format" || pair[0] == "-f");
    let apart = apart.filter_map(|pair| pair[1].to_str().map(str::to_owned));
    joined.chain(apart).any(|value| is_json(&value))
}
