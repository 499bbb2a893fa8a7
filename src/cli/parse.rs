//! Parsing of the command line, with errors in the program's own words where clap's say less.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use super::command::Command;
use super::command_line::Cli;
use super::exit::Exit;
use super::failure::{self, Failure};
use super::global::{Color, GlobalArgs};
use super::terminal::Terminal;
use super::{arguments, usage};

/// An invalid command line, or a request for help.
pub enum UsageError {
    /// A request for help or the version.
    Help(Box<clap::Error>),
    /// An invalid command line.
    Failure(Box<Failure>),
}

impl UsageError {
    /// Writes the error to stderr, or the help to stdout, and returns the exit code.
    pub fn write(&self, json: bool) -> Exit {
        match self {
            Self::Help(help) => {
                // A closed stdout leaves no place to write to.
                let _ = help.print();
                if help.use_stderr() { Exit::Error } else { Exit::Done }
            }
            Self::Failure(failure) => failure::write(failure, json, Terminal::new(Color::Auto, false).error_color),
        }
    }
}

impl From<Failure> for UsageError {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}

/// Parses a command line.
pub fn parse(args: Vec<OsString>) -> Result<Cli, UsageError> {
    let mut command = Cli::command();
    if arguments::may_mislead(&args) {
        arguments::check(&command, &args)?;
    }
    let cli = command
        .try_get_matches_from_mut(&args)
        .and_then(|mut matches| from_matches(&mut matches).map_err(|error| error.format(&mut command)));
    cli.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            UsageError::Help(Box::new(error))
        }
        ErrorKind::UnknownArgument => {
            arguments::check(&command, &args).err().unwrap_or_else(|| usage::failure(&error, &command)).into()
        }
        _ => usage::failure(&error, &command).into(),
    })
}

fn from_matches(matches: &mut ArgMatches) -> Result<Cli, clap::Error> {
    let mut global = GlobalArgs::from_arg_matches_mut(matches)?;
    if let Some((_, command)) = matches.subcommand() {
        global.update(command)?;
    }
    Ok(Cli { global, command: Command::from_arg_matches_mut(matches)? })
}

/// Reports whether errors are to be written as JSON. Scans for `--format` alone, since the arguments may be invalid.
pub fn wants_json() -> bool {
    let args: Vec<_> = std::env::args_os().collect();
    let is_json = |value: &str| matches!(value, "json" | "jsonl");
    let joined_value = |arg: &str| arg.strip_prefix("--format=").or_else(|| arg.strip_prefix("-f=")).map(str::to_owned);
    let joined = args.iter().filter_map(|arg| joined_value(arg.to_str()?));
    let separate = args.windows(2).filter(|pair| pair[0] == "--format" || pair[0] == "-f");
    let separate = separate.filter_map(|pair| pair[1].to_str().map(str::to_owned));
    joined.chain(separate).any(|value| is_json(&value))
}
