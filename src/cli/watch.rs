//! `digest-search index --watch`: updates the index whenever the folder changes.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use digest_search::render::{self, Answer, Format, IndexAnswer, render_line};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::context::{Context, write};
use super::exit::Exit;
use super::failure::{self, Failure};
use super::output::OutputArgs;
use super::{panics, stop};

/// Time without events after which an update starts: writers take their time, and files come in batches.
const QUIET: Duration = Duration::from_millis(300);

/// Maximum time from a change to an update.
const PATIENCE: Duration = Duration::from_secs(5);

/// Interval of updates without events: not every file system reports changes, and the date changes, too.
const INTERVAL: Duration = Duration::from_secs(10);

/// Interval of checks for a folder that is missing.
const MISSING: Duration = Duration::from_secs(1);

/// Runs until stopped. An error of the first run is returned; later ones are written, and the next run tries again.
pub fn run(
    corpora: &[PathBuf],
    context: &Context,
    update: impl Fn() -> Result<IndexAnswer, Failure>,
) -> Result<Exit, Failure> {
    if !matches!(context.format, Format::Text | Format::Json) {
        let message = "--watch requires --format text or json".to_owned();
        return Err(Failure::message("usage", message, "use one of these formats"));
    }
    panics::report_at_once();
    let (sender, events) = channel();
    let ended = sender.clone();
    stop::on_signal(move || {
        let _ = ended.send(());
    });
    // Before the first run, to miss no change.
    let mut watcher = watch(corpora, &sender);
    let mut answer = match update() {
        Err(_) if stop::is_stopped() => return Ok(Exit::Done),
        answer => answer?,
    };
    if context.format == Format::Text {
        let _ = writeln!(io::stderr(), "watching {}; press Ctrl-C to stop", render::shown(&listed(corpora)));
    }
    let mut last_error: Option<String> = None;
    loop {
        let recovered = last_error.take().is_some();
        if answer.report.wrote || recovered {
            // The reader has closed the pipe.
            if !write_answer(&Answer::Index(answer), context)? {
                return Ok(Exit::Done);
            }
        }
        answer = loop {
            let is_missing = !corpora.iter().all(|corpus| corpus.is_dir());
            let has_changed = wait(&events, if is_missing { MISSING } else { INTERVAL });
            if stop::is_stopped() {
                return Ok(Exit::Done);
            }
            if has_changed || is_missing || watcher.is_none() {
                // The watched folder may have been replaced by another of its name.
                watcher = watch(corpora, &sender);
            }
            match update() {
                Ok(answer) => break answer,
                Err(_) if stop::is_stopped() => return Ok(Exit::Done),
                Err(failure) if last_error.as_deref() == Some(&*reason(&failure)) => {}
                Err(failure) => {
                    failure::write(&failure, context.format == Format::Json, context.terminal.error_color);
                    last_error = Some(reason(&failure));
                }
            }
        };
    }
}

/// Returns the text by which repeated errors are recognized: for files, the error of the system, since each run writes
/// files with other names.
fn reason(failure: &Failure) -> String {
    if failure.code() == "io" { failure.causes().join(": ") } else { failure.message_text().to_owned() }
}

fn listed(corpora: &[PathBuf]) -> String {
    corpora.iter().map(|corpus| corpus.to_string_lossy()).collect::<Vec<_>>().join(" and ")
}

/// Watches folders; `None` if the system cannot.
fn watch(folders: &[PathBuf], sender: &Sender<()>) -> Option<RecommendedWatcher> {
    let sender = sender.clone();
    let on_event = move |event: notify::Result<Event>| {
        // Reading files, as a run does, is not a change.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(on_event).ok()?;
    folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive)).ok()?;
    Some(watcher)
}

/// Waits for a change and the quiet after it, or for `most`. Reports whether there was a change.
fn wait(events: &Receiver<()>, most: Duration) -> bool {
    let has_changed = events.recv_timeout(most).is_ok();
    let end = Instant::now() + PATIENCE;
    while has_changed && !stop::is_stopped() && Instant::now() < end && events.recv_timeout(QUIET).is_ok() {}
    has_changed
}

/// Writes an answer to stdout. Reports whether the pipe is still open.
fn write_answer(answer: &Answer, context: &Context) -> Result<bool, Failure> {
    let output = OutputArgs::default().output(context)?;
    let written = match context.format {
        Format::Text => write(answer, &output),
        _ => {
            let mut line = Vec::new();
            render_line(answer, &output, &mut line)?;
            io::stdout().write_all(&line).map_err(render::Error::from)
        }
    };
    match written {
        Err(render::Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        written => Ok(written.map(|()| true)?),
    }
}
