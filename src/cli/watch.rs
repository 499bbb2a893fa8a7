//! Updates of the index whenever its folders change: `index --watch`, and `serve --watch` beside the server.

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

/// A watch of folders that updates an index.
pub struct Watch<U, R> {
    /// The folders.
    pub folders: Vec<PathBuf>,
    /// Updates the index.
    pub update: U,
    /// Reports an update that changed the index, or that succeeds after an error. Returns false if nobody reads the report.
    pub report: R,
    /// True if an error of the first update ends the watch. Later errors never do.
    pub must_begin: bool,
}

impl<U, R> Watch<U, R>
where
    U: Fn() -> Result<IndexAnswer, Failure>,
    R: Fn(IndexAnswer) -> Result<bool, Failure>,
{
    /// Runs until stopped, or until nobody reads the reports. Errors are written, and the next update tries again.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (sender, events) = channel();
        let ended = sender.clone();
        stop::on_signal(move || {
            let _ = ended.send(());
        });
        // Before the first update, to miss no change.
        let mut watcher = watch(&self.folders, &sender);
        let mut last_error: Option<String> = None;
        let mut is_first = true;
        loop {
            match (self.update)() {
                Err(_) if stop::is_stopped() => return Ok(()),
                Err(failure) if is_first && self.must_begin => return Err(failure),
                Err(failure) if last_error.as_deref() == Some(&*reason(&failure)) => {}
                Err(failure) => {
                    failure::write(&failure, context.format == Format::Json, context.terminal.error_color);
                    last_error = Some(reason(&failure));
                }
                Ok(answer) => {
                    if is_first && context.format == Format::Text {
                        let folders = render::shown(&listed(&self.folders));
                        let _ = writeln!(io::stderr(), "watching {folders}; press Ctrl-C to stop");
                    }
                    let has_recovered = last_error.take().is_some();
                    if (answer.report.wrote || has_recovered) && !(self.report)(answer)? {
                        return Ok(());
                    }
                }
            }
            is_first = false;
            let is_missing = !self.folders.iter().all(|folder| folder.is_dir());
            let has_changed = wait(&events, if is_missing { MISSING } else { INTERVAL });
            if stop::is_stopped() {
                return Ok(());
            }
            if has_changed || is_missing || watcher.is_none() {
                // The watched folder may have been replaced by another of its name.
                watcher = watch(&self.folders, &sender);
            }
        }
    }
}

/// Runs `index --watch`.
pub fn run(
    folders: Vec<PathBuf>,
    context: &Context,
    update: impl Fn() -> Result<IndexAnswer, Failure>,
) -> Result<Exit, Failure> {
    if !matches!(context.format, Format::Text | Format::Json) {
        let message = "--watch requires --format text or json".to_owned();
        return Err(Failure::message("usage", message, "use one of these formats"));
    }
    panics::report_at_once();
    let report = |answer| write_answer(&Answer::Index(answer), context);
    Watch { folders, update, report, must_begin: true }.run(context)?;
    Ok(Exit::Done)
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
