//! Runs: an update, followed by a rebuild where the index proves damaged.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use chrono::NaiveDate;

use super::error::Error;
use super::last::has_drafts;
use super::mount::CorpusFolder;
use super::options::Options;
use super::progress::Progress;
use super::rebuild_reason::RebuildReason;
use super::report::Report;
use super::update::{Attempt, update};
use crate::backend::{self, Depth, Shards};
use crate::index;

/// Updates an index from a folder in one atomic commit. Rebuilds an index that proves damaged.
pub fn run(options: &Options, progress: &dyn Progress) -> Result<Report, Error> {
    let mut attempt = Attempt::default();
    // Tantivy panics on some damaged files.
    let result = panic::catch_unwind(AssertUnwindSafe(|| update(options, progress, &mut attempt)));
    let may_be_damaged = attempt.is_update && !options.dry_run;
    let before = match result {
        Ok(Ok((report, true))) => return Ok(report),
        Ok(Ok((report, false))) => Some(report),
        Ok(Err(error)) if !(may_be_damaged && is_from_damage(&error, &options.index)) => return Err(error),
        Err(panic) if !(may_be_damaged && is_damaged(&options.index)) => panic::resume_unwind(panic),
        _ => None,
    };
    progress.restart();
    let now = update(&Options { rebuild: true, ..options.clone() }, progress, &mut attempt);
    let (report, before) = match (now, before) {
        (Ok((now, _)), before) => (now, before),
        (Err(Error::Stopped), Some(_)) => return Err(Error::RepairStopped),
        (Err(error), Some(_)) => return Err(Error::NotRepaired(Box::new(error))),
        (Err(error), None) => return Err(error),
    };
    let repaired = Report { rebuild_reason: Some(RebuildReason::Damaged), ..report };
    Ok(match before {
        Some(Report { added, changed, removed, unchanged, .. }) => {
            Report { added, changed, removed, unchanged, ..repaired }
        }
        None => repaired,
    })
}

/// Reports whether an error is caused by damage that a rebuild repairs.
fn is_from_damage(error: &Error, index: &Path) -> bool {
    use backend::Error::{Damaged, Unavailable, Write};
    matches!(error, Error::Engine(Damaged { .. } | Unavailable { .. } | Write { .. })) && is_damaged(index)
}

fn is_damaged(index: &Path) -> bool {
    matches!(index::at(index).verify(Depth::Bytes), Err(backend::Error::Damaged { .. }))
}

/// Updates an index from its own corpus with the options of the last run. `started` and `today` are as in [`Options`].
pub fn refresh(index: &Path, started: i64, today: NaiveDate, progress: &dyn Progress) -> Result<Report, Error> {
    let commit = index::open(index)?.commit()?;
    let options = Options {
        corpora: CorpusFolder::of_catalog(&commit.catalog),
        index: index.to_path_buf(),
        rebuild: false,
        dry_run: false,
        strict: false,
        drafts: has_drafts(&commit),
        allow_shrink: false,
        shards: Shards::default(),
        started,
        today,
    };
    run(&options, progress)
}
