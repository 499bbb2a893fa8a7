//! The command line: one file per command, one renderer of errors.

mod arguments;
mod batch;
mod check;
mod command;
mod compare;
mod completions;
mod count;
mod deferred;
mod failure;
mod gaps;
mod global;
mod index;
mod ledger;
mod lines;
mod man;
mod opening;
mod output;
mod panics;
mod parse;
mod query;
mod question;
mod report;
mod serve;
mod show;
mod since_last;
mod status;
mod stop;
mod stories;
mod suggest;
mod terminal;
mod trend;
mod watch;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use digest_search::render::{self, Answer, Format, Output, ReportHead, Style, render, shown};

use command::Command;
use failure::Failure;
use global::GlobalArgs;
use parse::{parse, wants_json};
use terminal::Terminal;

/// The exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Success.
    Done = 0,
    /// Success with an empty result.
    NothingFound = 1,
    /// Failure.
    Error = 2,
}

impl Exit {
    /// Success with findings.
    const FINDINGS: Self = Self::NothingFound;

    /// Combines the exit codes of two queries: an error if one failed, done if one found something.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Error, _) | (_, Self::Error) => Self::Error,
            (Self::Done, _) | (_, Self::Done) => Self::Done,
            (Self::NothingFound, Self::NothingFound) => Self::NothingFound,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Search a folder of daily Markdown news digests and compare how perspectives cover a story.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100, after_help = EXIT_CODES, after_long_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: 0 success, 1 nothing found (report: an assertion failed; check: problems found), 2 error.";

const EXAMPLES: &str = "\
Examples:
  digest-search index ./corpus
  digest-search query \"export controls\" --perspective japan
  digest-search query -t china-japan --since 7d -k title -n 20
  digest-search count tariff --by week,perspective
  digest-search compare 'export controls' --topic china-japan
  digest-search trend tariff --topic us-mexico --by week
  digest-search stories --topic china-japan --since 7d
  digest-search gaps --topic china-japan
  digest-search report reports/weekly.yaml --format html
  digest-search show china-japan/2026-02-10
  digest-search status
  digest-search check
  digest-search serve

Exit codes: 0 success, 1 nothing found, 2 error.";

/// The global options, resolved.
#[derive(Clone)]
struct Context {
    index: PathBuf,
    format: Format,
    quiet: bool,
    verbose: bool,
    terminal: Terminal,
}

/// Runs the command line of this process.
pub fn main() -> Exit {
    if completions::answer(Cli::command) {
        return Exit::Done;
    }
    // Parse errors are written in the requested format, too.
    let json = wants_json();
    let cli = match parse(std::env::args_os().collect()) {
        Ok(cli) => cli,
        Err(error) => return error.write(json),
    };
    let context = Context {
        index: cli.global.index.clone().unwrap_or_else(default_index),
        format: cli.global.format(),
        quiet: cli.global.quiet,
        verbose: cli.global.verbose,
        terminal: Terminal::new(cli.global.color(), cli.global.quiet),
    };
    // `index` detects damage itself.
    let reads = !matches!(cli.command, Command::Index(_));
    let result = panics::caught(|| cli.check().and_then(|()| cli.command.run(&context)));
    let result = result.map_err(|failure| if reads { failure::or_damage(failure, &context.index) } else { failure });
    result.unwrap_or_else(|failure| failure::write(&failure, json, context.terminal.error_color))
}

fn default_index() -> PathBuf {
    let set = std::env::var_os("DIGEST_SEARCH_INDEX").filter(|value| !value.is_empty());
    set.map_or_else(|| PathBuf::from("./index"), PathBuf::from)
}

impl Context {
    /// Returns the style of text output.
    fn style(&self, urls: bool) -> Style {
        Style { quiet: self.quiet, ..self.terminal.style(urls) }
    }

    /// Writes notes on an answer to stderr if its format has no place for them.
    fn notes(&self, notes: impl IntoIterator<Item = String>) {
        if !matches!(self.format, Format::Text | Format::Json | Format::Md | Format::Svg) {
            notes.into_iter().for_each(|note| self.note(&note));
        }
    }

    /// Writes a note to stderr.
    fn note(&self, note: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "note: {}", shown(note));
        }
    }

    /// Writes an answer to stdout and returns the exit code.
    fn answer(&self, answer: &Answer, output: &Output, exit: Exit) -> Result<Exit, Failure> {
        if let Some(asked) = render::told::asked(answer, &ReportHead::default()).filter(|_| self.verbose) {
            let _ = writeln!(io::stderr(), "parsed: {}", shown(&asked));
        }
        written(write(answer, output), exit)
    }
}

impl Cli {
    /// Returns an error for a global option without effect on the command, or a format that it cannot write.
    fn check(&self) -> Result<(), Failure> {
        let global = &self.global;
        self.command.check(global.format())?;
        if global.quiet && global.verbose {
            let message = "--quiet cannot be combined with --verbose".to_owned();
            return Err(Failure::message("usage", message, "remove one of them"));
        }
        let name = self.command.name();
        let idle = match &self.command {
            Command::Man(_) | Command::Completions(_) => [
                ("--format", global.format() != Format::Text),
                ("--index", global.index.is_some()),
                ("--verbose", global.verbose),
            ],
            command => [("--verbose", global.verbose && !command.has_verbose_output()), ("", false), ("", false)],
        };
        match idle.into_iter().find(|(_, is_set)| *is_set) {
            Some((option, _)) => {
                let message = format!("{option} has no effect with {name}");
                Err(Failure::message("usage", message, format!("remove {option}")))
            }
            None => Ok(()),
        }
    }
}

/// Writes an answer to stdout.
fn write(answer: &Answer, output: &Output) -> Result<(), render::Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    render(answer, output, &mut out)?;
    Ok(out.flush()?)
}

/// Returns the exit code after writing an answer.
fn written(result: Result<(), render::Error>, exit: Exit) -> Result<Exit, Failure> {
    match result {
        Ok(()) => Ok(exit),
        // The reader, such as `head`, has closed the pipe.
        Err(render::Error::Io(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn clap_accepts_the_command() {
        super::Cli::command().debug_assert();
    }
}
