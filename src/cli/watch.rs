//! `digest-search index --watch`: runs again whenever the folder has changed.

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use digest_search::render::{self, Answer, Format, IndexAnswer, render_line};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::context::{Context, write};
use super::exit::Exit;
use super::failure::{self, Failure};
use super::output::OutputArgs;
use super::{panics, stop};

/// A change is followed once nothing has changed for so long: writers take their time, and files come in numbers.
const QUIET: Duration = Duration::from_millis(300);

/// Where changes never end, they are followed after so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// So often the folder is looked at even if nothing is heard: not every file system tells of changes, and the day goes
/// on, too.
const ROUND: Duration = Duration::from_secs(10);

/// So often a folder that is gone is looked for.
const GONE: Duration = Duration::from_secs(1);

/// Runs until it is stopped. A first run that fails is the end; later ones are said and tried again.
pub fn run(
    corpus: &Path,
    context: &Context,
    update: impl Fn() -> Result<IndexAnswer, Failure>,
) -> Result<Exit, Failure> {
    if !matches!(context.format, Format::Text | Format::Json) {
        let message = "--watch tells of each run in text or json only".to_owned();
        return Err(Failure::message("usage", message, "choose one of these with --format"));
    }
    panics::say_at_once();
    let (sender, events) = channel();
    let ended = sender.clone();
    stop::heed(move || {
        let _ = ended.send(());
    });
    // Before the first run, so that nothing that changes while it goes on is missed.
    let mut watcher = watch(corpus, &sender);
    let mut answer = match update() {
        Err(_) if stop::is_told() => return Ok(Exit::Done),
        answer => answer?,
    };
    if context.format == Format::Text {
        let _ = writeln!(io::stderr(), "watching {}; Ctrl-C ends it", render::shown(&corpus.to_string_lossy()));
    }
    let mut told: Option<String> = None;
    loop {
        let recovered = told.take().is_some();
        if answer.report.wrote || recovered {
            // Nobody hears any more.
            if !tell(&Answer::Index(answer), context)? {
                return Ok(Exit::Done);
            }
        }
        answer = loop {
            let gone = !corpus.is_dir();
            let heard = wait(&events, if gone { GONE } else { ROUND });
            if stop::is_told() {
                return Ok(Exit::Done);
            }
            if heard || gone || watcher.is_none() {
                // What is watched may be another folder than the one that has its name now.
                watcher = watch(corpus, &sender);
            }
            match update() {
                Ok(answer) => break answer,
                Err(_) if stop::is_told() => return Ok(Exit::Done),
                Err(failure) if told.as_deref() == Some(&*reason(&failure)) => {}
                Err(failure) => {
                    failure::write(&failure, context.format == Format::Json, context.terminal.error_color);
                    told = Some(reason(&failure));
                }
            }
        };
    }
}

/// What tells a failure from the one before: of a file, what the system says, since each run makes files of other names.
fn reason(failure: &Failure) -> String {
    if failure.code() == "io" { failure.causes().join(": ") } else { failure.message_text().to_owned() }
}

/// Hears of changes below a folder; none where that can't be had.
fn watch(folder: &Path, sender: &Sender<()>) -> Option<RecommendedWatcher> {
    let sender = sender.clone();
    let hear = move |event: notify::Result<Event>| {
        // A run reads files, which must not be the cause of the next.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(hear).ok()?;
    watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    Some(watcher)
}

/// Waits for a change and for the quiet after it, or for the time to look anyway. Whether there was a change.
fn wait(events: &Receiver<()>, most: Duration) -> bool {
    let heard = events.recv_timeout(most).is_ok();
    let end = Instant::now() + PATIENCE;
    while heard && !stop::is_told() && Instant::now() < end && events.recv_timeout(QUIET).is_ok() {}
    heard
}

/// Whether anybody heard.
fn tell(answer: &Answer, context: &Context) -> Result<bool, Failure> {
    let output = OutputArgs::default().output(context)?;
    let told = match context.format {
        Format::Text => write(answer, &output),
        _ => {
            let mut line = Vec::new();
            render_line(answer, &output, &mut line)?;
            io::stdout().write_all(&line).map_err(render::Error::from)
        }
    };
    match told {
        Err(render::Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        told => Ok(told.map(|()| true)?),
    }
}
