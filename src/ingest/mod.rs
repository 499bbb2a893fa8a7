//! The write path on one page: walk, compare with what is indexed, read and parse what changed, commit, report.

mod difference;
mod error;
mod plan;
mod read;
mod report;

pub use difference::{Difference, difference};
pub use error::Error;
pub use report::{Anew, FileNote, Report};

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::corpus::{self, Found};
use crate::digest::DigestId;
use crate::engine::{self, Commit, DigestEntry, FileEntry, Reader, Remains, State, Store, Writer};
use crate::schema::Document;
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
    let (last, anew) = previous(options, &source)?;
    let previous = last.commit.as_ref();
    let plan = match previous {
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
        let mut report = Report::new(previous, &commit, &found, anew, options);
        report.warn_of_unreadable(&unreadable);
        guard(options, &last, &commit, &report).map(|()| (commit, report))
    });
    match result {
        Ok((commit, report)) => Ok(Report { wrote: finish(store.as_ref(), writer, previous, &commit)?, ..report }),
        Err(error) => {
            writer.into_iter().for_each(Writer::discard);
            Err(error)
        }
    }
}

/// Brings an index up to date with the folder that it is of, as it was last indexed. `started` and `today` as in
/// [`Options`].
pub fn refresh(index: &Path, started: i64, today: NaiveDate, progress: &dyn Progress) -> Result<Report, Error> {
    let commit = Reader::open(index)?.commit()?;
    let options = Options {
        corpus: PathBuf::from(&commit.catalog.corpus),
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
fn has_drafts(commit: &Commit) -> bool {
    commit.files.iter().filter_map(FileEntry::digest).any(|digest| digest.draft)
}

/// What is indexed now.
struct Last {
    /// All of it, where it can be read.
    commit: Option<Commit>,
    /// What the index says of itself even where it can't.
    remains: Option<Remains>,
}

/// What is indexed now, and why everything has to be indexed anew, if it has.
fn previous(options: &Options, source: &Source) -> Result<(Last, Option<Anew>), Error> {
    let opened = Reader::open(&options.index).and_then(|reader| reader.commit());
    let anew = match &opened {
        Ok(_) if options.rebuild => Some(Anew::Asked),
        Ok(commit) => (commit.catalog.fingerprint != source.fingerprint).then_some(Anew::OtherSettings),
        Err(engine::Error::Missing { .. }) => Some(Anew::NoIndex),
        Err(engine::Error::OtherVersion { .. }) => Some(Anew::OtherVersion),
        Err(engine::Error::Damaged { .. } | engine::Error::Tantivy { .. }) => Some(Anew::Damaged),
        Err(_) if options.rebuild => Some(Anew::Asked),
        Err(_) => None,
    };
    let last = match (opened, anew) {
        (Ok(commit), _) => Last {
            remains: Some(Remains { corpus: commit.catalog.corpus.clone(), digests: commit.catalog.digests }),
            commit: Some(commit),
        },
        (Err(_), Some(_)) => Last { remains: Reader::remains(&options.index), commit: None },
        (Err(error), None) => return Err(error.into()),
    };
    match &last.remains {
        Some(last) if last.corpus != source.corpus && !options.rebuild => Err(Error::OtherCorpus {
            index: options.index.clone(),
            indexed: last.corpus.clone(),
            corpus: source.corpus.clone(),
        }),
        _ => Ok((last, anew)),
    }
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
    let add = |documents: Vec<_>| writer.map_or(Ok(()), |writer| writer.add(documents));
    progress.start(plan.reads.len());
    let read = plan.reads.par_iter().map(|path| {
        let (mut entry, documents) = source.read(path);
        if let Some(digest) = entry.digest() {
            let mut claims = claims.lock().unwrap_or_else(PoisonError::into_inner);
            let owner = claims.entry(digest.id()).or_insert_with(|| path.clone()).clone();
            drop(claims);
            if owner == *path {
                add(documents)?;
            } else {
                entry.state = duplicate(digest, owner);
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

fn duplicate(digest: &DigestEntry, of: String) -> State {
    State::Duplicate { topic: digest.topic.clone(), date: digest.date, of, draft: digest.draft }
}

/// Of several files for one topic and day the first path is the digest, however they came to be read.
fn settle_claims(
    source: &Source,
    files: &mut BTreeMap<String, FileEntry>,
    mut replace: impl FnMut(&DigestId, Vec<Document>) -> Result<(), engine::Error>,
) -> Result<(), Error> {
    let mut contested: BTreeMap<DigestId, (String, Vec<String>)> = BTreeMap::new();
    for (path, file) in files.iter() {
        if let State::Duplicate { topic, date, of, .. } = &file.state {
            let id = DigestId { topic: topic.clone(), date: *date };
            contested.entry(id).or_insert_with(|| (of.clone(), vec![of.clone()])).1.push(path.clone());
        }
    }
    for (id, (holder, mut claimants)) in contested {
        claimants.sort();
        let mut winner = None;
        for path in claimants {
            if winner.is_none() && path != holder {
                winner = take_over(source, files, &path, &id, &mut replace)?;
            } else if winner.is_none() {
                winner = Some(path);
            } else if let (Some(file), Some(winner)) = (files.get_mut(&path), &winner) {
                match &mut file.state {
                    State::Digest(digest) => file.state = duplicate(digest, winner.clone()),
                    State::Duplicate { of, .. } => of.clone_from(winner),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// Reads a file that another was taken for and puts it in the other's place, if it still is that digest.
fn take_over(
    source: &Source,
    files: &mut BTreeMap<String, FileEntry>,
    path: &str,
    id: &DigestId,
    replace: &mut impl FnMut(&DigestId, Vec<Document>) -> Result<(), engine::Error>,
) -> Result<Option<String>, Error> {
    let (mut entry, documents) = source.read(path);
    let is_winner = entry.digest().is_some_and(|digest| digest.id() == *id);
    if is_winner {
        replace(id, documents)?;
    } else if entry.digest().is_some() {
        entry.hash = None;
        entry.state = State::Unreadable("it changed while it was read; index again".to_owned());
    }
    files.insert(path.to_owned(), entry);
    Ok(is_winner.then(|| path.to_owned()))
}

/// A folder that can't be read may hold what is indexed: then nothing may be taken for gone.
fn refuse_unreadable(options: &Options, found: &Found) -> Result<(), Error> {
    match found.unreadable.first() {
        Some((path, cause)) if !options.allow_shrink => Err(Error::Unreadable {
            path: options.corpus.join(path),
            cause: format!("can't be read: {cause}"),
            more: found.unreadable.len() - 1,
        }),
        _ => Ok(()),
    }
}

/// Refuses what is more likely a mistake than meant, before anything counts.
fn guard(options: &Options, last: &Last, commit: &Commit, report: &Report) -> Result<(), Error> {
    if options.strict && report.has_skipped_digests() {
        return Err(Error::Strict { skipped: report.skipped_digests().cloned().collect() });
    }
    if options.allow_shrink {
        return Ok(());
    }
    refuse_unreadable_digests(options, last, commit)?;
    if commit.catalog.digests == 0 {
        return Err(Error::NoDigests { corpus: options.corpus.clone() });
    }
    let Some(remains) = last.remains.as_ref().filter(|last| last.corpus == commit.catalog.corpus) else {
        return Ok(());
    };
    let ids = |commit: &Commit| commit.files.iter().filter_map(|f| f.digest().map(|d| d.id())).collect::<HashSet<_>>();
    let gone = match &last.commit {
        Some(last) => ids(last).difference(&ids(commit)).count(),
        // Which they were is not known any more, but how many.
        None => remains.digests.saturating_sub(commit.catalog.digests),
    };
    if gone * 2 > remains.digests { Err(Error::Shrunk { gone, before: remains.digests }) } else { Ok(()) }
}

/// Refuses to take what was indexed and can't be read now for gone. Only where everything is read anew can it come to
/// this: else what is indexed of it is kept.
fn refuse_unreadable_digests(options: &Options, last: &Last, commit: &Commit) -> Result<(), Error> {
    let Some(last) = last.commit.as_ref().filter(|last| last.catalog.corpus == commit.catalog.corpus) else {
        return Ok(());
    };
    let indexed: HashSet<&str> = last.files.iter().filter(|f| f.digest().is_some()).map(|f| f.path.as_str()).collect();
    let unreadable =
        |file: &&FileEntry| matches!(file.state, State::Unreadable(_)) && indexed.contains(file.path.as_str());
    let mut lost = commit.files.iter().filter(unreadable);
    match lost.next() {
        Some(FileEntry { path, state: State::Unreadable(cause), .. }) => {
            Err(Error::Unreadable { path: options.corpus.join(path), cause: cause.clone(), more: lost.count() })
        }
        _ => Ok(()),
    }
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
