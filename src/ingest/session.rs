//! The write session of a run: the lock before the plan, and the commit after its execution.

use std::path::Path;
use std::time::Duration;

use super::error::Error;
use super::plan::Plan;
use super::progress::Progress;
use crate::backend::{self, Commit, Committed, Owner, Session, Writer};
use crate::index;

/// Locks the index.
pub fn lock(index: &Path, progress: &dyn Progress) -> Result<Box<dyn Session>, Error> {
    let wait = |owner: &Owner, left: Duration| {
        progress.wait(owner, left);
        !progress.is_stopped()
    };
    match index::at(index).lock(&wait) {
        Err(backend::Error::Busy { .. }) if progress.is_stopped() => Err(Error::Stopped),
        session => Ok(session?),
    }
}

/// Reports whether the index has to be rebuilt for the number of digests that are replaced.
pub fn is_worn(session: Option<&dyn Session>, previous: Option<&Commit<'_>>, plan: &Plan<'_>) -> Result<bool, Error> {
    let (Some(session), Some(previous)) = (session, previous) else { return Ok(false) };
    // A rebuild would lose files that are unreadable now.
    let is_possible = plan.needs_write && plan.unreadable.is_empty();
    Ok(is_possible && session.prefers_rebuild(plan.outdated.len(), previous.catalog.digests)?)
}

/// Commits, unless nothing has changed.
pub fn finish(
    session: Option<&dyn Session>,
    writer: Option<Box<dyn Writer + '_>>,
    previous: Option<&Commit<'_>>,
    plan: &Plan<'_>,
    commit: &Commit<'_>,
) -> Result<Option<Committed>, Error> {
    // The reference day of relative dates moves even where no file changes. New times of copied or touched files are
    // written, or each run would read those files again.
    let same_day = previous.is_some_and(|p| p.catalog.as_of == commit.catalog.as_of);
    match (session, writer) {
        (None, _) => Ok(None),
        (Some(_), Some(writer)) => Ok(Some(writer.commit(commit)?)),
        (Some(_), None) if same_day && plan.changes_nothing() => Ok(None),
        (Some(session), None) => Ok(Some(session.update(0)?.commit(commit)?)),
    }
}
