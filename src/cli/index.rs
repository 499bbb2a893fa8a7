//! `digest-search index`

use std::collections::HashMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, Utc};
use digest_search::ingest::{self, FileNote, Options, Progress, RebuildReason};
use digest_search::render::{Answer, IndexAnswer, shown};
use indicatif::{ProgressBar, ProgressStyle};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{output, panics, stop, watch};

/// So many notes are written; the others are counted. JSON has them all, and --verbose writes them.
const NOTES: usize = 50;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search index ./corpus
  digest-search index                  the same folder again
  digest-search index --dry-run        what would be done
  digest-search index --watch          again whenever something changes
  digest-search --index ~/news.idx index ~/news")]
pub struct Args {
    /// Folder of digests [default: the one that is indexed, else ./corpus]
    #[arg(value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Index everything anew, beside the old index, and replace it at the end
    #[arg(long)]
    rebuild: bool,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Take it for an error if a digest would be skipped, and write nothing
    #[arg(long)]
    strict: bool,
    /// Index digests with `draft: true`, too
    #[arg(long)]
    drafts: bool,
    /// Go on although most digests are gone, or part of the folder can't be read
    #[arg(long)]
    allow_shrink: bool,
    /// Number of threads [default: number of processors]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Go on, and bring the index up to date whenever the folder changes, until stopped
    #[arg(long, conflicts_with_all = ["rebuild", "dry_run"])]
    watch: bool,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
        pool.map_err(|error| Failure::message("threads", error.to_string(), "ask for fewer threads"))?;
    }
    let corpus = args.corpus(context)?;
    if args.watch {
        return watch::run(&corpus, context, || update(&args, corpus.clone(), context));
    }
    stop::heed(|| ());
    let answer = update(&args, corpus, context)?;
    context.answer(&Answer::Index(answer), &output::OutputArgs::default().output(context)?, Exit::Done)
}

/// One run, with what it has to say of files.
fn update(args: &Args, corpus: PathBuf, context: &Context) -> Result<IndexAnswer, Failure> {
    let options = args.options(corpus, context);
    let bar = Bar::new(context.terminal.progress);
    let report = ingest::run(&options, &bar);
    bar.0.finish_and_clear();
    let report = report?;
    if context.format == digest_search::render::Format::Text && !context.quiet {
        if let Some(reason) = report.rebuild_reason.filter(|reason| report.wrote && *reason != RebuildReason::NoIndex) {
            let _ = writeln!(io::stderr(), "indexed everything anew: {reason}");
        }
        let most = if context.verbose { usize::MAX } else { NOTES };
        write_notes("skipped", most, report.left_out.iter().map(|note| (note, 0)));
        write_notes("warning", most, folded(&report.warnings).into_iter());
    }
    Ok(IndexAnswer { report, index: options.index, dry_run: options.dry_run })
}

impl Args {
    /// The folder to index.
    fn corpus(&self, context: &Context) -> Result<PathBuf, Failure> {
        match &self.corpus {
            Some(given) => Ok(given.clone()),
            None => Ok(ingest::folder_of(&context.index)?.unwrap_or_else(|| PathBuf::from(ingest::FOLDER))),
        }
    }

    fn options(&self, corpus: PathBuf, context: &Context) -> Options {
        let (started, today) = now();
        Options {
            corpus,
            index: context.index.clone(),
            rebuild: self.rebuild,
            dry_run: self.dry_run,
            strict: self.strict,
            drafts: self.drafts,
            allow_shrink: self.allow_shrink,
            started,
            today,
        }
    }
}

/// Nanoseconds since 1970, and the day.
pub fn now() -> (i64, NaiveDate) {
    let now = SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    (i64::try_from(since.as_nanos()).unwrap_or(i64::MAX), DateTime::<Utc>::from(now).date_naive())
}

fn write_notes<'a>(label: &str, most: usize, notes: impl Iterator<Item = (&'a FileNote, usize)>) {
    let mut err = io::stderr().lock();
    let mut left = 0;
    for (at, (note, others)) in notes.enumerate() {
        if at >= most {
            left += 1 + others;
            continue;
        }
        let others =
            if others > 0 { format!(" (and of {others} more; --format json names them)") } else { String::new() };
        let _ = writeln!(err, "{label}: {}{others}", shown(&note.to_string()));
    }
    if left > 0 {
        let _ = writeln!(err, "{label}: {left} more; --format json has all");
    }
}

/// The notes without those that say of another file what an earlier one says in the same words, and how many are left
/// out so.
fn folded(notes: &[FileNote]) -> Vec<(&FileNote, usize)> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut folded: Vec<(&FileNote, usize)> = Vec::new();
    for note in notes {
        match first.get(note.message.as_str()).filter(|_| note.line.is_none()) {
            Some(at) => folded[*at].1 += 1,
            None => {
                first.extend(note.line.is_none().then_some((note.message.as_str(), folded.len())));
                folded.push((note, 0));
            }
        }
    }
    folded
}

/// How far the run is, where somebody watches.
pub struct Bar(pub ProgressBar);

impl Bar {
    pub fn new(watched: bool) -> Self {
        Self(if watched { ProgressBar::no_length() } else { ProgressBar::hidden() })
    }
}

impl Progress for Bar {
    fn start(&self, files: usize) {
        if let Ok(style) = ProgressStyle::with_template("reading {bar:40} {human_pos}/{human_len} {eta}") {
            self.0.set_style(style);
        }
        self.0.set_length(files as u64);
    }

    fn advance(&self) {
        self.0.inc(1);
    }

    fn finish(&self) {
        if let Ok(style) = ProgressStyle::with_template("{spinner} writing the index") {
            self.0.set_style(style);
        }
        self.0.tick();
    }

    fn restart(&self) {
        self.0.set_position(0);
        panics::forget();
    }

    fn is_stopped(&self) -> bool {
        stop::is_told()
    }
}
