//! The write path on one page: walk, compare with what is indexed, read and parse what changed, commit, report.

mod claims;
mod difference;
mod error;
mod guard;
mod in_order;
mod lanes;
mod last;
mod plan;
mod read;
mod report;

pub use difference::{Difference, Unseen, difference, unlike};
pub use error::Error;
pub use last::{FOLDER, folder_of};
pub use report::{Anew, FileNote, Report};

use std::borrow::Cow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::corpus;
use crate::engine::{self, Commit, Committed, Depth, FileEntry, Session, Writer};
use crate::index;
use claims::{Claims, duplicate};
use last::previous;
use plan::{Kept, Plan, Unread};
use read::Source;

/// What to index, where to, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of digests.
    pub corpus: PathBuf,
    /// The folder of the index.
    pub index: PathBuf,
    /// Index everything anew, whatever is indexed.
    pub rebuild: bool,
    /// Only say what would be done.
    pub dry_run: bool,
    /// Refuse to index while a digest would be skipped.
    pub strict: bool,
    /// Index drafts, too.
    pub drafts: bool,
    /// Go on where most of what is indexed is gone or can't be read.
    pub allow_shrink: bool,
    /// When the run begins, in nanoseconds since 1970.
    pub started: i64,
    /// The day on which it begins.
    pub today: NaiveDate,
}

/// Hears how far a run is.
pub trait Progress: Sync {
    /// So many files are going to be read.
    fn start(&self, files: usize);
    /// One of them is done.
    fn advance(&self);
    /// All are read; what follows is the commit.
    fn finish(&self);
    /// The index proved to be damaged: whatever went wrong came of that, and all is begun anew.
    fn anew(&self);
    /// Whether the run is to end before the commit.
    fn is_stopped(&self) -> bool;
}

/// Nobody hears.
impl Progress for () {
    fn start(&self, _: usize) {}
    fn advance(&self) {}
    fn finish(&self) {}
    fn anew(&self) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Brings an index up to date with a folder, in one commit or not at all. An index that proves to be damaged is built
/// anew.
pub fn run(options: &Options, progress: &dyn Progress) -> Result<Report, Error> {
    let mut attempt = Attempt::default();
    // Tantivy panics over some bytes that it has not written.
    let result = panic::catch_unwind(AssertUnwindSafe(|| bring_up_to_date(options, progress, &mut attempt)));
    let may_be_of_damage = attempt.is_update && !options.dry_run;
    let before = match result {
        Ok(Ok((report, true))) => return Ok(report),
        Ok(Ok((report, false))) => Some(report),
        Ok(Err(error)) if !(may_be_of_damage && is_of_damage(&error, &options.index)) => return Err(error),
        Err(panic) if !(may_be_of_damage && is_damaged(&options.index)) => panic::resume_unwind(panic),
        _ => None,
    };
    progress.anew();
    let now = bring_up_to_date(&Options { rebuild: true, ..options.clone() }, progress, &mut attempt);
    let (report, before) = match (now, before) {
        (Ok((now, _)), before) => (now, before),
        (Err(Error::Stopped), Some(_)) => return Err(Error::MendingStopped),
        (Err(error), Some(_)) => return Err(Error::NotMended(Box::new(error))),
        (Err(error), None) => return Err(error),
    };
    let mended = Report { anew: Some(Anew::Damaged), ..report };
    Ok(match before {
        Some(Report { added, changed, removed, unchanged, .. }) => {
            Report { added, changed, removed, unchanged, ..mended }
        }
        None => mended,
    })
}

/// What is known of a run while it goes on, and behind it, however it ended.
#[derive(Default)]
struct Attempt {
    /// Who writes, and goes on to where everything is to be done anew.
    store: Option<Box<dyn Session>>,
    /// Whether it goes on from what is indexed, and so could fail over that.
    is_update: bool,
}

/// Whether an error came of damage that indexing anew mends.
fn is_of_damage(error: &Error, index: &Path) -> bool {
    use engine::Error::{Damaged, Unavailable, Write};
    matches!(error, Error::Engine(Damaged { .. } | Unavailable { .. } | Write { .. })) && is_damaged(index)
}

fn is_damaged(index: &Path) -> bool {
    matches!(index::at(index).verify(Depth::Bytes), Err(engine::Error::Damaged { .. }))
}

/// Says whether what it read of the index was as it had been written. Becomes the one writer, if it is not.
fn bring_up_to_date(
    options: &Options,
    progress: &dyn Progress,
    attempt: &mut Attempt,
) -> Result<(Report, bool), Error> {
    let found = corpus::walk(&options.corpus)?;
    guard::refuse_unreadable(options, &found)?;
    let source = Source::new(&options.corpus, options.drafts)?;
    // Nothing is made, not even the index's folder, for a corpus without a single file.
    if found.files.is_empty() && !options.allow_shrink {
        return Err(Error::NoDigests { corpus: options.corpus.clone(), drafts: 0 });
    }
    if !options.dry_run && attempt.store.is_none() {
        attempt.store = Some(index::at(&options.index).lock()?);
    }
    let (last, anew) = previous(options, &source)?;
    attempt.is_update = anew.is_none();
    let store = attempt.store.as_deref();
    let previous = last.commit.as_ref();
    let plan = match previous {
        Some(previous) if anew.is_none() => Plan::update(&source, &found, previous),
        _ => Plan::anew(&found),
    };
    let writer = match store {
        Some(store) if anew.is_some() => Some(store.rebuild(plan.largest())?),
        Some(store) if plan.changes => Some(store.update(plan.largest())?),
        _ => None,
    };
    let files = match previous {
        Some(previous) if plan.changes_nothing() => Ok(Cow::Borrowed(&*previous.files)),
        _ => carry_out(&source, &plan, writer.as_deref(), progress).map(Cow::Owned),
    };
    let result = files.and_then(|files| {
        let catalog = source.catalog(options.started).sum_up(&files, options.today);
        let commit = Commit { catalog, files };
        let counted = previous.filter(|_| anew != Some(Anew::NoCurrent));
        let mut report = Report::new(counted, &commit, &found, anew, options);
        report.warn_of_unreadable(&plan.unreadable);
        // Only where all files were read is it known what none of them has.
        if anew.is_some() {
            report.warn_of_settings(source.conventions_file, source.without_effect());
        }
        guard::check(options, &last, &commit, &report).map(|()| (commit, report))
    });
    match result {
        Ok((commit, mut report)) => {
            let committed = finish(store, writer, previous, &plan, &commit)?;
            report.wrote = committed.is_some();
            let is_sound = committed.as_ref().is_none_or(|committed| committed.is_sound);
            committed.and_then(|committed| committed.unfinished).iter().for_each(|why| report.warn_of_unfinished(why));
            Ok((report, is_sound))
        }
        Err(error) => {
            writer.into_iter().for_each(|writer| writer.discard());
            Err(error)
        }
    }
}

/// Brings an index up to date with the folder that it is of, as it was last indexed. `started` and `today` as in
/// [`Options`].
pub fn refresh(index: &Path, started: i64, today: NaiveDate, progress: &dyn Progress) -> Result<Report, Error> {
    let commit = index::open(index)?.commit()?;
    let options = Options {
        corpus: commit.catalog.corpus.clone(),
        index: index.to_path_buf(),
        rebuild: false,
        dry_run: false,
        strict: false,
        drafts: has_drafts(&commit),
        allow_shrink: false,
        started,
        today,
    };
    run(&options, progress)
}

/// Whether drafts were asked for, as far as it shows in what is indexed.
fn has_drafts(commit: &Commit<'_>) -> bool {
    commit.files.iter().filter_map(FileEntry::digest).any(|digest| digest.draft)
}

/// Reads what the plan says and puts it into the index. Gives the state of every file, sorted by path.
fn carry_out<'a>(
    source: &Source,
    plan: &Plan<'a>,
    writer: Option<&dyn Writer>,
    progress: &dyn Progress,
) -> Result<Vec<FileEntry>, Error> {
    if let Some(writer) = writer {
        plan.outdated.iter().try_for_each(|id| writer.remove(id))?;
    }
    let claims = Claims::new(plan);
    let add = |documents: Vec<_>| writer.map_or(Ok(()), |writer| writer.add(documents));
    progress.start(plan.reads.len());
    let read = |Unread { path, .. }: &Unread<'a>| {
        if progress.is_stopped() {
            return Err(Error::Stopped);
        }
        let (mut entry, documents) = source.read(path);
        if let Some(digest) = entry.digest() {
            match claims.owner(digest, path) {
                owner if owner == *path => add(documents)?,
                owner => entry.state = duplicate(digest, owner.to_owned()),
            }
        }
        progress.advance();
        Ok(entry)
    };
    let read: Vec<FileEntry> = lanes::each(&plan.reads, read)?;
    progress.finish();
    let mut files: Vec<FileEntry> = plan.kept.iter().map(Kept::entry).chain(read).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    claims::settle(source, &mut files, |id, documents| {
        if let Some(writer) = writer {
            writer.remove(id)?;
        }
        add(documents)
    })?;
    Ok(files)
}

/// Commits, if there is anything to commit.
fn finish(
    store: Option<&dyn Session>,
    writer: Option<Box<dyn Writer + '_>>,
    previous: Option<&Commit<'_>>,
    plan: &Plan<'_>,
    commit: &Commit<'_>,
) -> Result<Option<Committed>, Error> {
    // Relative dates count from a day that passes even where no file changes. Of files that were copied, or touched, the
    // new times are noted, or each run would read all of them again.
    let same_day = previous.is_some_and(|p| p.catalog.as_of == commit.catalog.as_of);
    match (store, writer) {
        (None, _) => Ok(None),
        (Some(_), Some(writer)) => Ok(Some(writer.commit(commit)?)),
        (Some(_), None) if same_day && plan.changes_nothing() => Ok(None),
        (Some(store), None) => Ok(Some(store.update(0)?.commit(commit)?)),
    }
}
