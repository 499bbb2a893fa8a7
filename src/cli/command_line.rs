//! The command line: global options and a command.

use clap::Parser;
use digest_search::render::Format;

use super::command::Command;
use super::failure::Failure;
use super::global::GlobalArgs;

/// Search a folder of daily Markdown news digests and compare how perspectives cover a topic.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100, after_help = EXIT_CODES, after_long_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Command,
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
  digest-search stories --one-sided --topic china-japan
  digest-search gaps --topic china-japan
  digest-search report reports/weekly.yaml --format html
  digest-search show china-japan/2026-02-10
  digest-search status
  digest-search check
  digest-search serve
  digest-search mcp

Exit codes: 0 success, 1 nothing found (report: an assertion failed; check: problems found), 2 error.";

impl Cli {
    /// Returns an error for a global option without effect on the command, or a format that it cannot write.
    pub fn check(&self) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn clap_accepts_the_command() {
        super::Cli::command().debug_assert();
    }
}
