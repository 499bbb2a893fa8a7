//! The write path on one page: walk, compare with what is indexed, read and parse what changed, commit, report.

use std::borrow::Cow;

use super::anew::Anew;
use super::claims::{self, Claims, duplicate};
use super::error::Error;
use super::last::previous;
use super::options::Options;
use super::plan::{Kept, Plan, Unread};
use super::progress::Progress;
use super::read::Source;
use super::report::Report;
use super::{guard, lanes};
use crate::backend::{Commit, Committed, FileRecord, Session, Writer};
use crate::corpus;
use crate::index;

/// What is known of a run while it goes on, and behind it, however it ended.
#[derive(Default)]
pub struct Attempt {
    /// Who writes, and goes on to where everything is to be done anew.
    pub store: Option<Box<dyn Session>>,
    /// Whether it goes on from what is indexed, and so could fail over that.
    pub is_update: bool,
}

/// Says whether what it read of the index was as it had been written. Becomes the one writer, if it is not.
pub fn bring_up_to_date(
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

/// Reads what the plan says and puts it into the index. Gives the state of every file, sorted by path.
fn carry_out<'a>(
    source: &Source,
    plan: &Plan<'a>,
    writer: Option<&dyn Writer>,
    progress: &dyn Progress,
) -> Result<Vec<FileRecord>, Error> {
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
        let (mut record, documents) = source.read(path);
        if let Some(digest) = record.digest() {
            match claims.owner(digest, path) {
                owner if owner == *path => add(documents)?,
                owner => record.state = duplicate(digest, owner.to_owned()),
            }
        }
        progress.advance();
        Ok(record)
    };
    let read: Vec<FileRecord> = lanes::each(&plan.reads, read)?;
    progress.finish();
    let mut files: Vec<FileRecord> = plan.kept.iter().map(Kept::record).chain(read).collect();
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
