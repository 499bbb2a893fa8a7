//! The write path on one page: walk, compare with what is indexed, read and parse what changed, commit, report.

mod difference;
mod error;
mod plan;
mod read;
mod report;

pub use difference::{Difference, difference};
pub use error::Error;
pub use report::{Anew, FileNote, Report};

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::corpus::{self, Found};
use crate::digest::DigestId;
use crate::engine::{self, Commit, FileEntry, Reader, State, Store, Writer};
use plan::Plan;
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
}

/// Brings an index up to date with a folder, in one commit or not at all.
pub fn run(options: &Options, progress: &dyn Progress) -> Result<Report, Error> {
    let found = corpus::walk(&options.corpus)?;
    refuse_unreadable(options, &found)?;
    let source = Source::new(&options.corpus, options.drafts)?;
    // Nothing is made, not even the index's folder, for a corpus without a single file.
    if found.files.is_empty() && !options.allow_shrink {
        return Err(Error::NoDigests { corpus: options.corpus.clone() });
    }
    let store = if options.dry_run { None } else { Some(Store::lock(&options.index)?) };
    let (previous, anew) = previous(options, &source)?;
    let plan = match &previous {
        Some(previous) if anew.is_none() => Plan::update(&source, &found, previous),
        _ => Plan::anew(&found),
    };
    let unreadable = plan.unreadable.clone();
    let writer = match &store {
        Some(store) if anew.is_some() => Some(store.rebuild()?),
        Some(store) if plan.changes => Some(store.update()?),
        _ => None,
    };
    let result = bring_up_to_date(&source, plan, writer.as_ref(), progress).and_then(|files| {
        let catalog = source.catalog(options.started);
        let commit = Commit { catalog: catalog.sum_up(&files, options.today), files };
        let mut report = Report::new(previous.as_ref(), &commit, &found, anew, options);
        report.warn_of_unreadable(&unreadable);
        guard(options, previous.as_ref(), &commit, &report).map(|()| (commit, report))
    });
    match result {
        Ok((commit, report)) => {
            Ok(Report { wrote: finish(store.as_ref(), writer, previous.as_ref(), &commit)?, ..report })
        }
        Err(error) => {
            writer.into_iter().for_each(Writer::discard);
            Err(error)
        }
    }
}

/// What is indexed now, and why everything has to be indexed anew, if it has.
fn previous(options: &Options, source: &Source) -> Result<(Option<Commit>, Option<Anew>), Error> {
    let commit = match Reader::open(&options.index).and_then(|reader| reader.commit()) {
        Ok(commit) => commit,
        Err(engine::Error::Missing { .. }) => return Ok((None, Some(Anew::NoIndex))),
        Err(engine::Error::OtherVersion { .. }) => return Ok((None, Some(Anew::OtherVersion))),
        Err(engine::Error::Damaged { .. } | engine::Error::Tantivy { .. }) => {
            return Ok((None, Some(Anew::Damaged)));
        }
        Err(error) => return Err(error.into()),
    };
    if options.rebuild {
        return Ok((Some(commit), Some(Anew::Asked)));
    }
    if commit.catalog.corpus != source.corpus {
        return Err(Error::OtherCorpus {
            index: options.index.clone(),
            indexed: commit.catalog.corpus,
            corpus: source.corpus.clone(),
        });
    }
    let anew = (commit.catalog.fingerprint != source.fingerprint).then_some(Anew::OtherSettings);
    Ok((Some(commit), anew))
}

/// Reads what the plan says and puts it into the index. Gives the state of every file, sorted by path.
fn bring_up_to_date(
    source: &Source,
    plan: Plan,
    writer: Option<&Writer<'_>>,
    progress: &dyn Progress,
) -> Result<Vec<FileEntry>, Error> {
    if let Some(writer) = writer {
        plan.outdated.iter().for_each(|id| writer.remove(id));
    }
    // Two files may claim one topic and day. The first that is read gets it for now.
    let claims: HashMap<DigestId, String> =
        plan.kept.iter().filter_map(|file| file.digest().map(|digest| (digest.id(), file.path.clone()))).collect();
    let claims = Mutex::new(claims);
    let add = |documents: &[_]| writer.map_or(Ok(()), |writer| writer.add(documents));
    progress.start(plan.reads.len());
    let read = plan.reads.par_iter().map(|path| {
        let (mut entry, documents) = source.read(path);
        if let Some(digest) = entry.digest() {
            let mut claims = claims.lock().unwrap_or_else(PoisonError::into_inner);
            let owner = claims.entry(digest.id()).or_insert_with(|| path.clone()).clone();
            drop(claims);
            if owner == *path {
                add(&documents)?;
            } else {
                entry.state = State::Duplicate { topic: digest.topic.clone(), date: digest.date, of: owner };
            }
        }
        progress.advance();
        Ok(entry)
    });
    let read: Vec<FileEntry> = read.collect::<Result<_, engine::Error>>()?;
    progress.finish();
    let mut files: BTreeMap<String, FileEntry> =
        plan.kept.into_iter().chain(read).map(|file| (file.path.clone(), file)).collect();
    settle_claims(source, &mut files, |id, documents| {
        if let Some(writer) = writer {
            writer.remove(id);
        }
        add(documents)
    })?;
    Ok(files.into_values().collect())
}

/// Of two files for one topic and day the first path is the digest, however they came to be read.
fn settle_claims(
    source: &Source,
    files: &mut BTreeMap<String, FileEntry>,
    mut replace: impl FnMut(&DigestId, &[crate::schema::Document]) -> Result<(), engine::Error>,
) -> Result<(), Error> {
    let mut contested: BTreeMap<DigestId, Vec<String>> = BTreeMap::new();
    for (path, file) in files.iter() {
        if let State::Duplicate { topic, date, of } = &file.state {
            let claimants =
                contested.entry(DigestId { topic: topic.clone(), date: *date }).or_insert_with(|| vec![of.clone()]);
            claimants.push(path.clone());
        }
    }
    for (id, mut claimants) in contested {
        let holder = claimants[0].clone();
        claimants.sort();
        let winner = claimants[0].clone();
        if winner != holder {
            let (entry, documents) = source.read(&winner);
            // Changed once more while it was read: the next run sees to it.
            if entry.digest().is_none_or(|digest| digest.id() != id) {
                continue;
            }
            replace(&id, &documents)?;
            files.insert(winner.clone(), entry);
        }
        for loser in &claimants[1..] {
            if let Some(file) = files.get_mut(loser) {
                file.state = State::Duplicate { topic: id.topic.clone(), date: id.date, of: winner.clone() };
            }
        }
    }
    Ok(())
}

/// A folder that can't be read may hold what is indexed: then nothing may be taken for gone.
fn refuse_unreadable(options: &Options, found: &Found) -> Result<(), Error> {
    match found.unreadable.first() {
        Some((path, cause)) if !options.allow_shrink => Err(Error::Unreadable {
            path: options.corpus.join(path),
            cause: cause.to_string(),
            more: found.unreadable.len() - 1,
        }),
        _ => Ok(()),
    }
}

/// Refuses what is more likely a mistake than meant, before anything counts.
fn guard(options: &Options, previous: Option<&Commit>, commit: &Commit, report: &Report) -> Result<(), Error> {
    if options.strict && report.has_skipped_digests() {
        return Err(Error::Strict { skipped: report.skipped_digests().cloned().collect() });
    }
    if options.allow_shrink {
        return Ok(());
    }
    if commit.catalog.digests == 0 {
        return Err(Error::NoDigests { corpus: options.corpus.clone() });
    }
    let Some(previous) = previous.filter(|p| p.catalog.corpus == commit.catalog.corpus) else { return Ok(()) };
    let ids = |commit: &Commit| {
        commit.files.iter().filter_map(|f| f.digest().map(|d| d.id())).collect::<std::collections::HashSet<_>>()
    };
    let (before, now) = (ids(previous), ids(commit));
    let gone = before.difference(&now).count();
    if gone * 2 > before.len() { Err(Error::Shrunk { gone, before: before.len() }) } else { Ok(()) }
}

/// Commits, if there is anything to commit. Says whether there was.
fn finish(
    store: Option<&Store>,
    writer: Option<Writer<'_>>,
    previous: Option<&Commit>,
    commit: &Commit,
) -> Result<bool, Error> {
    // Relative dates count from a day that passes even where no file changes.
    let same_day = previous.is_some_and(|p| p.catalog.as_of == commit.catalog.as_of);
    match (store, writer) {
        (None, _) => Ok(false),
        (Some(_), Some(writer)) => writer.commit(commit).map(|()| true).map_err(Error::from),
        (Some(_), None) if same_day => Ok(false),
        (Some(store), None) => store.update()?.commit(commit).map(|()| true).map_err(Error::from),
    }
}
