//! A run: an update, and all anew where the index proves to be damaged.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use chrono::NaiveDate;

use super::anew::Anew;
use super::error::Error;
use super::last::has_drafts;
use super::options::Options;
use super::progress::Progress;
use super::report::Report;
use super::update::{Attempt, bring_up_to_date};
use crate::backend::{self, Depth};
use crate::index;

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

/// Whether an error came of damage that indexing anew mends.
fn is_of_damage(error: &Error, index: &Path) -> bool {
    use backend::Error::{Damaged, Unavailable, Write};
    matches!(error, Error::Engine(Damaged { .. } | Unavailable { .. } | Write { .. })) && is_damaged(index)
}

fn is_damaged(index: &Path) -> bool {
    matches!(index::at(index).verify(Depth::Bytes), Err(backend::Error::Damaged { .. }))
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
