//! The options that all commands have, before the command's name or behind it.

use std::path::PathBuf;

use clap::{ArgMatches, FromArgMatches, ValueEnum};
use digest_search::render::Format;

use super::formats;

// Not clap's global options: those are copied into every command there is, which takes longer than many a query.
#[derive(Debug, clap::Args)]
pub struct GlobalArgs {
    /// Folder of the index [default: what DIGEST_SEARCH_INDEX says, else ./index]
    #[arg(short, long, value_name = "DIR", display_order = 900)]
    pub index: Option<PathBuf>,
    /// How answers are written [default: text]
    #[arg(short, long, value_parser = formats::format(), help_heading = "Output")]
    format: Option<Format>,
    /// Use colours [default: auto]
    #[arg(long, value_enum, help_heading = "Output", value_name = "WHEN")]
    color: Option<Color>,
    /// Leave out notes, warnings and progress
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
    /// Say more on stderr: how a question was understood, all warnings of index, each request of serve
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

    /// Takes what is said behind the command's name, where it is said there.
    pub fn update(&mut self, command: &ArgMatches) -> Result<(), clap::Error> {
        let behind = Self::from_arg_matches(command)?;
        *self = Self {
            index: behind.index.or(self.index.take()),
            format: behind.format.or(self.format),
            color: behind.color.or(self.color),
            quiet: behind.quiet || self.quiet,
            verbose: behind.verbose || self.verbose,
        };
        Ok(())
    }
}
