//! The context of a command: the global options, resolved.

use std::io::{self, Write};
use std::path::PathBuf;

use digest_search::render::{self, Answer, Format, Output, ReportHead, Style, render, shown};

use super::exit::Exit;
use super::failure::Failure;
use super::terminal::Terminal;

/// The global options, resolved.
#[derive(Clone)]
pub struct Context {
    pub index: PathBuf,
    pub format: Format,
    pub quiet: bool,
    pub verbose: bool,
    pub terminal: Terminal,
    /// The declaration of all commands, which describes them.
    pub program: fn() -> clap::Command,
}

pub fn default_index() -> PathBuf {
    let set = std::env::var_os("DIGEST_SEARCH_INDEX").filter(|value| !value.is_empty());
    set.map_or_else(|| PathBuf::from("./index"), PathBuf::from)
}

impl Context {
    /// Returns the style of text output.
    pub fn style(&self, urls: bool) -> Style {
        Style { quiet: self.quiet, ..self.terminal.style(urls) }
    }

    /// Writes notes on an answer to stderr if its format has no place for them.
    pub fn notes(&self, notes: impl IntoIterator<Item = String>) {
        if !matches!(self.format, Format::Text | Format::Json | Format::Md | Format::Svg) {
            notes.into_iter().for_each(|note| self.note(&note));
        }
    }

    /// Writes a note to stderr.
    pub fn note(&self, note: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "note: {}", shown(note));
        }
    }

    /// Writes an answer to stdout and returns the exit code.
    pub fn answer(&self, answer: &Answer, output: &Output, exit: Exit) -> Result<Exit, Failure> {
        if let Some(asked) = render::wording::question(answer, &ReportHead::default()).filter(|_| self.verbose) {
            let _ = writeln!(io::stderr(), "parsed: {}", shown(&asked));
        }
        written(write(answer, output), exit)
    }
}

/// Writes an answer to stdout.
pub fn write(answer: &Answer, output: &Output) -> Result<(), render::Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    render(answer, output, &mut out)?;
    Ok(out.flush()?)
}

/// Returns the exit code after writing an answer.
pub fn written(result: Result<(), render::Error>, exit: Exit) -> Result<Exit, Failure> {
    match result {
        Ok(()) => Ok(exit),
        // The reader, such as `head`, has closed the pipe.
        Err(render::Error::Io(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(e) => Err(e.into()),
    }
}
