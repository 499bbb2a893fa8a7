//! What people type, and what becomes of it: one file a command, one renderer of errors.

mod failure;
mod filters;
mod index;
mod query;
mod show;
mod status;
mod terminal;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use digest_search::render::{Answer, render};

use failure::Failure;
use terminal::Terminal;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, and something was found where something was sought.
    Done = 0,
    /// It ran well and found nothing.
    NothingFound = 1,
    /// It could not be done.
    Error = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Search a folder of daily Markdown news digests, and see how two sides tell one story.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100, after_help = EXIT_CODES, after_long_help = EXAMPLES)]
struct Cli {
    /// Folder of the index [default: what DIGEST_SEARCH_INDEX says, else ./index]
    #[arg(long, global = true, value_name = "DIR")]
    index: Option<PathBuf>,
    /// How answers are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done and found, 1 nothing found, 2 error.";

const EXAMPLES: &str = "\
Examples:
  digest-search index ./corpus
  digest-search query \"export controls\" --perspective japan
  digest-search query --since 7d --kind title --facets source
  digest-search show china-japan/2026-02-10
  digest-search status

Exit codes: 0 done and found, 1 nothing found, 2 error.";

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::Args),
    Query(Box<query::Args>),
    Show(show::Args),
    Status(status::Args),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object, for programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What every command is told: where the index is and how to write.
struct Context {
    index: PathBuf,
    format: digest_search::render::Format,
    terminal: Terminal,
}

/// Runs the command line that this process was called with.
pub fn main() -> Exit {
    // Before the arguments are understood, this alone says in which form their errors are wanted.
    let json = wants_json();
    let cli = match Cli::try_parse_from(query::exclusions(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error, json),
    };
    let context = Context {
        index: cli.index.unwrap_or_else(default_index),
        format: match cli.format {
            Format::Text => digest_search::render::Format::Text,
            Format::Json => digest_search::render::Format::Json,
        },
        terminal: Terminal::new(cli.color),
    };
    let result = match cli.command {
        Command::Index(args) => index::run(args, &context),
        Command::Query(args) => query::run(*args, &context),
        Command::Show(args) => show::run(args, &context),
        Command::Status(args) => status::run(args, &context),
    };
    result.unwrap_or_else(|failure| failure.write(json, context.terminal.error_color))
}

fn default_index() -> PathBuf {
    let set = std::env::var_os("DIGEST_SEARCH_INDEX").filter(|value| !value.is_empty());
    set.map_or_else(|| PathBuf::from("./index"), PathBuf::from)
}

fn wants_json() -> bool {
    let args: Vec<_> = std::env::args_os().collect();
    args.iter().any(|a| a == "--format=json") || args.windows(2).any(|w| w[0] == "--format" && w[1] == "json")
}

impl Context {
    /// Writes an answer to stdout.
    fn answer(&self, answer: &Answer, urls: bool, exit: Exit) -> Result<Exit, Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = render(answer, self.format, self.terminal.style(urls), &mut out).and_then(|()| out.flush());
        match written {
            Ok(()) => Ok(exit),
            // Whoever reads has seen enough.
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
            Err(e) => Err(Failure::output(e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
