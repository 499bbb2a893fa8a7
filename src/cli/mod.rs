//! What people type, and what becomes of it: one file a command, one renderer of errors.

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
mod understood;
mod watch;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use digest_search::render::{self, Answer, Format, Output, ReportHead, Style, render, shown};

use command::Command;
use failure::Failure;
use global::GlobalArgs;
use terminal::Terminal;
use understood::{understood, wants_json};

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

impl Exit {
    /// It ran well, and there is something to mend.
    const FINDINGS: Self = Self::NothingFound;

    /// How two queries ended together: as an error where one was, and done where one found something.
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

/// Search a folder of daily Markdown news digests, and see how two perspectives tell one story.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100, after_help = EXIT_CODES, after_long_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done and found, 1 nothing found (in report: something asserted does not hold; in check: something \
     found), 2 error.";

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

Exit codes: 0 done and found, 1 nothing found, 2 error.";

/// What every command is told: where the index is and how to write.
#[derive(Clone)]
struct Context {
    index: PathBuf,
    format: Format,
    quiet: bool,
    verbose: bool,
    terminal: Terminal,
}

/// Runs the command line that this process was called with.
pub fn main() -> Exit {
    if completions::answer(Cli::command) {
        return Exit::Done;
    }
    // Before the arguments are understood, this alone says in which form their errors are wanted.
    let json = wants_json();
    let cli = match understood(std::env::args_os().collect()) {
        Ok(cli) => cli,
        Err(wrong) => return wrong.write(json),
    };
    let context = Context {
        index: cli.global.index.clone().unwrap_or_else(default_index),
        format: cli.global.format(),
        quiet: cli.global.quiet,
        verbose: cli.global.verbose,
        terminal: Terminal::new(cli.global.color(), cli.global.quiet),
    };
    // A run of `index` looks for damage itself.
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
    /// The look of text.
    fn style(&self, urls: bool) -> Style {
        Style { quiet: self.quiet, ..self.terminal.style(urls) }
    }

    /// Says what must be known of an answer, where its format has no place for it.
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

    /// Writes an answer to stdout, and says how the command ended.
    fn answer(&self, answer: &Answer, output: &Output, exit: Exit) -> Result<Exit, Failure> {
        if let Some(asked) = render::told::asked(answer, &ReportHead::default()).filter(|_| self.verbose) {
            let _ = writeln!(io::stderr(), "understood: {}", shown(&asked));
        }
        written(write(answer, output), exit)
    }
}

impl Cli {
    /// Refuses options without effect on the command, and formats in which its answer can't be written.
    fn check(&self) -> Result<(), Failure> {
        let global = &self.global;
        self.command.check(global.format())?;
        if global.quiet && global.verbose {
            let message = "--quiet cannot be combined with --verbose".to_owned();
            return Err(Failure::message("usage", message, "leave one of them out"));
        }
        let name = self.command.name();
        let idle = match &self.command {
            Command::Man(_) | Command::Completions(_) => [
                ("--format", global.format() != Format::Text),
                ("--index", global.index.is_some()),
                ("--verbose", global.verbose),
            ],
            command => [("--verbose", global.verbose && !command.has_more_to_say()), ("", false), ("", false)],
        };
        match idle.into_iter().find(|(_, is_set)| *is_set) {
            Some((option, _)) => {
                let message = format!("{option} has no effect with {name}");
                Err(Failure::message("usage", message, format!("leave {option} out")))
            }
            None => Ok(()),
        }
    }
}

/// Writes all of an answer to stdout.
fn write(answer: &Answer, output: &Output) -> Result<(), render::Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    render(answer, output, &mut out)?;
    Ok(out.flush()?)
}

/// How a command ended that wrote its answer, or could not.
fn written(result: Result<(), render::Error>, exit: Exit) -> Result<Exit, Failure> {
    match result {
        Ok(()) => Ok(exit),
        // Whoever reads has seen enough.
        Err(render::Error::Io(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(e) => Err(e.into()),
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
