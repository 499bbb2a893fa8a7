//! Batches of queries: one query per line in, one JSON answer per line out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use digest_search::render::{self, Answer, Format, Output};

use super::context::{Context, written};
use super::exit::Exit;
use super::failure::{Failure, syntax};
use super::question;

/// Batches of queries
#[derive(Debug, clap::Args)]
#[command(next_help_heading = None::<&str>)]
pub struct BatchArgs {
    /// Run each line of this file (- for standard input) as TEXT and write one JSON answer per line; blank lines are skipped
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub batch: Option<PathBuf>,
}

/// Maximum length of a line in bytes; the rest of a longer one is not read into memory.
const MAX_LINE: u64 = 64 << 10;

/// Answers each line of a file, or of stdin if the path is `-`. Blank lines are skipped. A line that cannot be answered
/// gets an error in place of its answer, and the batch goes on.
pub fn run(
    path: &Path,
    context: &Context,
    output: impl Fn(&Context) -> Result<Output, Failure>,
    ask: impl Fn(&str) -> Result<Answer, Failure>,
) -> Result<Exit, Failure> {
    if !matches!(context.format, Format::Text | Format::Jsonl) {
        let message = "--batch requires --format jsonl".to_owned();
        return Err(Failure::message("usage", message, "remove --format"));
    }
    let output = output(&Context { format: Format::Jsonl, ..context.clone() })?;
    let is_stdin = path == Path::new("-");
    let unreadable = |error: io::Error| {
        let message = format!("cannot read {}: {error}", path.display());
        Failure::message("io", message, "name a file with one query per line, or - for standard input")
    };
    let mut lines: Box<dyn BufRead> = match is_stdin {
        true => Box::new(io::stdin().lock()),
        false => Box::new(BufReader::new(File::open(path).map_err(unreadable)?)),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut worst = Exit::NothingFound;
    for number in 1.. {
        let Some(line) = next_line(&mut lines).map_err(unreadable)? else { break };
        // Some editors write a byte order mark.
        let line = line.as_deref().map(|line| line.trim_start_matches('\u{feff}').trim());
        if line == Ok("") {
            continue;
        }
        let answered = line.map_err(|reason| Failure::message("query", reason.clone(), "write one query per line"));
        let answered = answered.and_then(&ask);
        let written = match answered {
            Ok(answer) => {
                worst = worst.or(question::found(&answer));
                write_answer(&answer, &output, &mut out)?
            }
            Err(failure) => {
                worst = Exit::Error;
                failure.in_syntax(syntax).write_line(line.ok(), number, &mut out)
            }
        };
        // The writer of the queries may wait for an answer before the next.
        match written.and_then(|()| if is_stdin { out.flush() } else { Ok(()) }) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Exit::Done),
            Err(error) => return Err(render::Error::from(error).into()),
        }
    }
    written(out.flush().map_err(render::Error::from), worst)
}

/// Reads the next line; the inner error is the reason why it is not text.
fn next_line(lines: &mut dyn BufRead) -> io::Result<Option<Result<String, String>>> {
    let mut line = Vec::new();
    if lines.take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == MAX_LINE && !line.ends_with(b"\n") {
        lines.skip_until(b'\n')?;
        return Ok(Some(Err(format!("the line is longer than {MAX_LINE} bytes"))));
    }
    Ok(Some(String::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())))
}

/// Writes an answer on a line. An error that concerns all lines, such as an unknown field, ends the batch.
fn write_answer(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<io::Result<()>, Failure> {
    match render::render_line(answer, output, out) {
        Ok(()) => Ok(Ok(())),
        Err(render::Error::Io(error)) => Ok(Err(error)),
        Err(error) => Err(error.into()),
    }
}
