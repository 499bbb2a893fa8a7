//! Global options, before or after the command's name.

use std::path::PathBuf;

use clap::{ArgMatches, FromArgMatches, ValueEnum};
use digest_search::render::Format;

use super::formats;

// Not clap's global options: clap copies those into every command, which takes longer than many queries.
#[derive(Debug, clap::Args)]
pub struct GlobalArgs {
    /// Folder of the index, or the address of one in a cluster [default: $DIGEST_SEARCH_INDEX, else ./index]
    #[arg(short, long, value_name = "DIR", display_order = 900)]
    pub index: Option<PathBuf>,
    /// Output format [default: text]
    #[arg(short, long, value_parser = formats::format(), help_heading = "Output")]
    format: Option<Format>,
    /// When to use colours [default: auto]
    #[arg(long, value_enum, help_heading = "Output", value_name = "WHEN")]
    color: Option<Color>,
    /// Suppress notes, warnings and progress
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
    /// Write more to stderr: the parsed query, all warnings of index, each request of serve
    #[arg(short, long, help_heading = "Output")]
    pub verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl GlobalArgs {
    pub fn format(&self) -> Format {
        self.format.unwrap_or(Format::Text)
    }

    pub fn color(&self) -> Color {
        self.color.unwrap_or(Color::Auto)
    }

    /// Overrides options with those after the command's name.
    pub fn update(&mut self, command: &ArgMatches) -> Result<(), clap::Error> {
        let after = Self::from_arg_matches(command)?;
        *self = Self {
            index: after.index.or(self.index.take()),
            format: after.format.or(self.format),
            color: after.color.or(self.color),
            quiet: after.quiet || self.quiet,
            verbose: after.verbose || self.verbose,
        };
        Ok(())
    }
}
