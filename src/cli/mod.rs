//! The command line: one file per command, one renderer of errors.

mod arguments;
mod batch;
mod check;
mod command;
mod command_line;
mod compare;
mod completions;
mod context;
mod count;
mod deferred;
mod exit;
mod failure;
mod formats;
mod gaps;
mod global;
mod index;
mod init;
mod ledger;
mod lines;
mod man;
mod mcp;
mod opening;
mod output;
mod panics;
mod parse;
mod progress;
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
mod usage;
mod watch;

use clap::CommandFactory;

use command::Command;
use command_line::Cli;
use context::{Context, default_index};
use parse::{parse, wants_json};
use terminal::Terminal;

pub use exit::Exit;

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
        program: Cli::command,
    };
    // `index` detects damage itself.
    let reads = !matches!(cli.command, Command::Index(_));
    let result = panics::caught(|| cli.check().and_then(|()| cli.command.run(&context)));
    let result = result.map_err(|failure| if reads { failure::or_damage(failure, &context.index) } else { failure });
    result.unwrap_or_else(|failure| failure::write(&failure, json, context.terminal.error_color))
}
