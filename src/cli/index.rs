//! `digest-search index`

use std::collections::HashMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, Utc};
use digest_search::backend::{self, Shards};
use digest_search::index;
use digest_search::ingest::{self, CorpusFolder, FileNote, Options, RebuildReason, Report};
use digest_search::render::{Answer, Format, IndexAnswer, shown};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::progress::Bar;
use super::{output, stop, watch};

/// Maximum number of notes on stderr; the others are counted. `--format json` and `--verbose` write all.
const NOTES: usize = 50;

#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Examples:
  digest-search index ./corpus
  digest-search index                  update the index
  digest-search index ./news ./papers  several corpora in one index
  digest-search index news=./a/posts papers=./b/posts
  digest-search index --dry-run        show what would change
  digest-search index --watch          update on every change
  digest-search --index ~/news.idx index ~/news")]
pub struct Args {
    /// Folders of digests, optionally named: news=./a [default: the indexed folders, else ./corpus]
    #[arg(value_name = "[NAME=]DIR")]
    corpora: Vec<PathBuf>,
    /// Build a new index of all files and replace the old one at the end
    #[arg(long)]
    rebuild: bool,
    /// Show what would change, without writing
    #[arg(long)]
    dry_run: bool,
    /// Fail, and write nothing, if a digest would be skipped
    #[arg(long)]
    strict: bool,
    /// Index drafts too (digests with `draft: true`)
    #[arg(long)]
    drafts: bool,
    /// Continue even if most digests are gone or part of the folder cannot be read
    #[arg(long)]
    allow_shrink: bool,
    /// Number of threads [default: number of processors]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Number of shards of a new index in a cluster [default: 1]
    #[arg(long, value_name = "N")]
    shards: Option<NonZeroUsize>,
    /// Number of copies of each shard of a new index in a cluster [default: 1, on one node 0]
    #[arg(long, value_name = "N")]
    replicas: Option<usize>,
    /// Keep running and update the index whenever the folder changes
    #[arg(long, conflicts_with_all = ["rebuild", "dry_run"])]
    watch: bool,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
        pool.map_err(|error| Failure::message("threads", error.to_string(), "use fewer threads"))?;
    }
    args.refuse_shards(context)?;
    let corpora = args.corpora(context)?;
    if args.watch {
        let folders: Vec<PathBuf> = corpora.iter().map(|corpus| corpus.path.clone()).collect();
        return watch::run(folders, context, || update(&args, corpora.clone(), context));
    }
    stop::on_signal(|| ());
    let answer = update(&args, corpora, context)?;
    let refused = refused(&answer.report.left_out);
    let exit = context.answer(&Answer::Index(answer), &output::OutputArgs::default().output(context)?, Exit::Done)?;
    refused.map_or(Ok(exit), Err)
}

/// Returns the error of a run whose other changes are indexed.
fn refused(notes: &[FileNote]) -> Option<Failure> {
    let mut refused = notes.iter().filter(|note| note.is_refused);
    let first = refused.next()?;
    let more = match refused.count() {
        0 => String::new(),
        1 => "; 1 more digest is refused".to_owned(),
        more => format!("; {more} more digests are refused"),
    };
    let hint = "all other changes are indexed; the next run tries again; if the file is right, rebuild with --rebuild";
    Some(Failure::message("refused", format!("{first}{more}"), hint))
}

/// Runs `index` once and writes its notes on files.
fn update(args: &Args, corpora: Vec<CorpusFolder>, context: &Context) -> Result<IndexAnswer, Failure> {
    let options = args.options(corpora, context);
    let bar = Bar::new(context);
    let report = ingest::run(&options, &bar);
    bar.clear();
    let report = report?;
    if args.has_shards() && report.rebuild_reason.is_none() && context.format == Format::Text && !context.quiet {
        let _ = writeln!(io::stderr(), "note: --shards and --replicas apply to a new index; add --rebuild");
    }
    write_report(&report, context);
    Ok(IndexAnswer { report, index: options.index, dry_run: options.dry_run })
}

/// Updates the index with the folders and options of the last run, or makes it as `index` does, and writes its notes on
/// files.
pub fn update_again(context: &Context) -> Result<IndexAnswer, Failure> {
    let (started, today) = now();
    match ingest::refresh(&context.index, started, today, &Bar::hidden(context)) {
        Err(ingest::Error::Engine(backend::Error::Missing { .. } | backend::Error::OtherVersion { .. })) => {
            update(&Args::default(), folders(None, context)?, context)
        }
        report => {
            let report = report?;
            write_report(&report, context);
            Ok(IndexAnswer { report, index: context.index.clone(), dry_run: false })
        }
    }
}

/// Writes the notes of a run on files.
fn write_report(report: &Report, context: &Context) {
    if context.format != Format::Text || context.quiet {
        return;
    }
    if let Some(reason) = report.rebuild_reason.filter(|reason| report.wrote && *reason != RebuildReason::NoIndex) {
        let _ = writeln!(io::stderr(), "rebuilt the index: {reason}");
    }
    let most = if context.verbose { usize::MAX } else { NOTES };
    write_notes("skipped", most, report.left_out.iter().map(|note| (note, 0)));
    write_notes("warning", most, folded(&report.warnings).into_iter());
}

impl Args {
    /// Returns the folders to index.
    fn corpora(&self, context: &Context) -> Result<Vec<CorpusFolder>, Failure> {
        match &self.corpora[..] {
            [] => folders(None, context),
            given => Ok(given.iter().map(|given| CorpusFolder::parse(given)).collect()),
        }
    }

    fn has_shards(&self) -> bool {
        self.shards.is_some() || self.replicas.is_some()
    }

    /// Refuses shards of an index in a folder.
    fn refuse_shards(&self, context: &Context) -> Result<(), Failure> {
        let given = [("shards", self.shards.is_some()), ("replicas", self.replicas.is_some())];
        match given.into_iter().find(|(_, is_given)| *is_given && !index::is_address(&context.index)) {
            Some((option, _)) => {
                let hint = "omit it, or name the address of an index in a cluster with --index";
                Err(Failure::message(option, "only an index in a cluster has shards and replicas".to_owned(), hint))
            }
            None => Ok(()),
        }
    }

    fn options(&self, corpora: Vec<CorpusFolder>, context: &Context) -> Options {
        let (started, today) = now();
        Options {
            corpora,
            index: context.index.clone(),
            rebuild: self.rebuild,
            dry_run: self.dry_run,
            strict: self.strict,
            drafts: self.drafts,
            allow_shrink: self.allow_shrink,
            shards: Shards { shards: self.shards, replicas: self.replicas },
            started,
            today,
        }
    }
}

/// Returns the given folder, else those of the index, else the default one.
pub fn folders(given: Option<&PathBuf>, context: &Context) -> Result<Vec<CorpusFolder>, Failure> {
    match given {
        Some(given) => Ok(vec![given.clone().into()]),
        None => {
            let one = || vec![PathBuf::from(ingest::FOLDER).into()];
            Ok(ingest::folders_of(&context.index)?.unwrap_or_else(one))
        }
    }
}

/// Returns the nanoseconds since 1970, and the day.
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
        let others = if others > 0 { format!(" (and {others} more files; see --format json)") } else { String::new() };
        let _ = writeln!(err, "{label}: {}{others}", shown(&note.to_string()));
    }
    if left > 0 {
        let _ = writeln!(err, "{label}: {left} more; see --format json");
    }
}

/// Merges notes with one message on different files: the first of them, with the number of the others.
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
