//! Steps of an update: walk the corpora, plan, read and parse changed files, commit, report.

use std::borrow::Cow;

use super::claims::{self, Claims, duplicate};
use super::error::Error;
use super::last::previous;
use super::mount::{Mount, walk};
use super::options::Options;
use super::plan::{Kept, Plan, Unread};
use super::progress::Progress;
use super::rebuild_reason::RebuildReason;
use super::report::Report;
use super::session::{finish, is_worn, lock};
use super::sources::Sources;
use super::survey::Survey;
use super::{guard, lanes, refusals};
use crate::backend::{Commit, FileRecord, Session, Writer};

/// State of a run that survives an error or a panic.
#[derive(Default)]
pub struct Attempt {
    /// Write session, which a following rebuild reuses.
    pub session: Option<Box<dyn Session>>,
    /// True if the run updates an existing index, so that damage there can make it fail.
    pub is_update: bool,
}

/// Updates or rebuilds the index. Returns the report, and whether the files of the index read are intact. Takes the
/// write lock unless `attempt` has it.
pub fn update(options: &Options, progress: &dyn Progress, attempt: &mut Attempt) -> Result<(Report, bool), Error> {
    let mounts = Mount::all(&options.corpora)?;
    let mut listing = walk(&mounts)?;
    let sources = Sources::open(&mounts, options.drafts)?;
    sources.skip_files(&mut listing);
    guard::refuse_unreadable(options, &mounts, &listing)?;
    guard::refuse_empty(options, &mounts, &listing)?;
    if !options.dry_run && attempt.session.is_none() {
        attempt.session = Some(lock(&options.index, progress)?);
    }
    let (last, mut rebuild_reason) = previous(options, &sources, &mounts)?;
    let previous = last.commit.as_ref();
    let mut plan = match previous {
        Some(previous) if rebuild_reason.is_none() => Plan::update(&sources, &listing, previous),
        _ => Plan::rebuild(&listing),
    };
    let session = attempt.session.as_deref();
    if rebuild_reason.is_none() && is_worn(session, previous, &plan)? {
        (rebuild_reason, plan) = (Some(RebuildReason::Worn), Plan::rebuild(&listing));
    }
    attempt.is_update = rebuild_reason.is_none();
    let writer = match session {
        Some(session) if rebuild_reason.is_some() => {
            Some(session.rebuild(plan.largest(), sources.fields, options.shards)?)
        }
        Some(session) if plan.needs_write => Some(session.update(plan.largest())?),
        _ => None,
    };
    let files = match previous {
        Some(previous) if plan.changes_nothing() => Ok(Cow::Borrowed(&*previous.files)),
        _ => Survey::new(&sources, &mut plan, progress)
            .and_then(|survey| execute(&sources, &survey, &plan, writer.as_deref(), progress).map(Cow::Owned)),
    };
    let result = files.and_then(|mut files| {
        let refusals = writer.as_deref().map_or(Ok(Vec::new()), |writer| writer.refused())?;
        let refused = match refusals.is_empty() {
            true => Vec::new(),
            // A new index has no earlier content.
            false => refusals::replace(files.to_mut(), refusals, previous.filter(|_| rebuild_reason.is_none())),
        };
        let catalog = sources.catalog(options.started).sum_up(&files, options.today);
        let commit = Commit { catalog, files };
        let baseline = previous.filter(|_| rebuild_reason != Some(RebuildReason::NoCurrent));
        let mut report = Report::new(baseline, &commit, &listing, rebuild_reason, options);
        report.warn_of_unreadable(&plan.unreadable);
        report.add_refused(refused);
        report.warn_of_damage(last.damage.as_ref());
        // Unused settings are known only once all files are read.
        if rebuild_reason.is_some() {
            for source in &sources.all {
                report.warn_of_settings(&source.mount.path(source.conventions_file), source.convention_notes());
            }
        }
        guard::check(options, &mounts, &last, &commit, &report).map(|()| (commit, report))
    });
    match result {
        Ok((commit, mut report)) => {
            let committed = finish(session, writer, previous, &plan, &commit)?;
            report.wrote = committed.is_some();
            let is_sound = committed.as_ref().is_none_or(|committed| committed.is_sound);
            let unfinished = match committed {
                Some(committed) => committed.unfinished,
                None => session.and_then(|session| session.clean_up().err()),
            };
            unfinished.iter().for_each(|why| report.warn_of_unfinished(why));
            Ok((report, is_sound))
        }
        Err(error) => {
            writer.into_iter().for_each(|writer| writer.discard());
            Err(error)
        }
    }
}

/// Executes the plan and returns the records of all files, sorted by path.
fn execute<'a>(
    sources: &Sources,
    survey: &Survey,
    plan: &Plan<'a>,
    writer: Option<&dyn Writer>,
    progress: &dyn Progress,
) -> Result<Vec<FileRecord>, Error> {
    if let Some(writer) = writer {
        plan.outdated.iter().try_for_each(|id| writer.remove(id))?;
    }
    let claims = Claims::new(plan);
    let read_file = |path: &str| sources.read(path, survey.of(path));
    let add = |documents: Vec<_>| writer.map_or(Ok(()), |writer| writer.add(documents));
    progress.start(plan.reads.len());
    let read = |Unread { path, .. }: &Unread<'a>| {
        if progress.is_stopped() {
            return Err(Error::Stopped);
        }
        let (mut record, documents) = read_file(path);
        if let Some(digest) = record.digest() {
            match claims.owner(digest, path) {
                owner if owner == *path => add(documents)?,
                owner => record.state = duplicate(digest, owner.to_owned()),
            }
        }
        progress.advance();
        Ok(record)
    };
    let read: Vec<FileRecord> = lanes::read_all(&plan.reads, read)?;
    progress.finish();
    let mut files: Vec<FileRecord> = plan.kept.iter().map(Kept::record).chain(read).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    claims::settle(&read_file, &mut files, |id, documents| {
        if let Some(writer) = writer {
            writer.remove(id)?;
        }
        add(documents)
    })?;
    Ok(files)
}
