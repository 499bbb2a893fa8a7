//! What is wrong with an index, and with the folder of digests.

use std::path::Path;

use chrono::NaiveDate;

use crate::backend::{self, Checked, Damage, Depth};
use crate::index;
use crate::ingest::{Error, FOLDER, StaleFile, folder_of, stale_files};
use crate::lint::{Code, Finding, lint};
use crate::options::CheckRequest;
use crate::render::{CheckAnswer, CheckedFolder, CheckedIndex};

const REBUILD: &str = "run `digest-search index --rebuild` to build it anew";
const INDEX: &str = "run `digest-search index` to bring the index up to date";
const REMOVE: &str = "run `digest-search index`, which removes it";

/// What there is to say of an index and of a folder. Where there is no index, a folder that is given is looked at alone.
///
/// # Errors
/// There is nothing to look at, or it can't be read, which says nothing of what it holds.
pub fn check(index: &Path, request: &CheckRequest, today: NaiveDate) -> Result<CheckAnswer, Error> {
    let mut answer = CheckAnswer::default();
    if request.index {
        match of_index(index, &mut answer) {
            Err(error @ backend::Error::Missing { .. }) if request.folder.is_some() => {
                answer.warnings.push(format!("{error}: the folder alone was checked"));
            }
            done => done?,
        }
    }
    if request.corpus {
        of_folder(index, request.folder.as_deref(), today, &mut answer)?;
    }
    if request.index && request.corpus {
        of_both(index, &mut answer);
    }
    answer.findings.retain(|finding| !request.without.contains(&finding.code));
    Ok(answer)
}

fn of_index(index: &Path, answer: &mut CheckAnswer) -> Result<(), backend::Error> {
    let finding = |code: Code, path: &Path, message: String| Finding {
        hint: Some(REBUILD),
        ..Finding::of(code, path.to_string_lossy(), message)
    };
    let damaged = |Damage { path, message }| finding(Code::Damaged, &path, message);
    let mut held = Checked::default();
    match index::at(index).last_commit() {
        // What that version noted of its files may not be what this one does.
        Err(error @ backend::Error::OtherVersion { .. }) => {
            answer.findings.push(finding(Code::OtherVersion, index, error.to_string()));
        }
        Ok(_) => held = index::at(index).check(Depth::Bytes)?,
        Err(error @ (backend::Error::Damaged { .. } | backend::Error::Unavailable { .. })) => {
            held = index::at(index).check(Depth::Bytes)?;
            // The files tell more than what they led to.
            if held.damage.is_empty() {
                held.damage.push(match error {
                    backend::Error::Damaged { path, message } => Damage { path, message },
                    error => Damage { path: index.to_path_buf(), message: error.to_string() },
                });
            }
        }
        Err(error) => return Err(error),
    }
    answer.index = Some(CheckedIndex { path: index.to_path_buf(), files: held.files, bytes: held.bytes });
    answer.findings.extend(held.damage.into_iter().map(damaged));
    let left = index::at(index).left_behind().into_iter().map(|path| Finding {
        hint: Some(REMOVE),
        ..Finding::of(Code::LeftOver, path.to_string_lossy(), "left by a run that was killed or could not write")
    });
    answer.findings.extend(left);
    Ok(())
}

/// Compares the content of all files with what is indexed of them.
fn of_both(index: &Path, answer: &mut CheckAnswer) {
    let Some(folder) = &answer.folder else { return };
    // What is wrong with the index itself has been said.
    let Ok(commit) = index::at(index).last_commit() else { return };
    let stale = stale_files(&commit, &folder.path).into_iter().map(|StaleFile { path, has_new_stat }| {
        let message = match has_new_stat {
            true => "its content has changed since it was indexed",
            false => "its content is not what was indexed, though size, times and inode are the same",
        };
        let path = folder.path.join(path);
        let hint = Some(if has_new_stat { INDEX } else { REBUILD });
        Finding { hint, ..Finding::of(Code::Stale, path.to_string_lossy(), message) }
    });
    let stale: Vec<Finding> = stale.collect();
    answer.findings.extend(stale);
}

fn of_folder(index: &Path, given: Option<&Path>, today: NaiveDate, answer: &mut CheckAnswer) -> Result<(), Error> {
    let indexed = match given.map_or_else(|| folder_of(index), |_| Ok(None)) {
        Ok(indexed) => indexed,
        // What is known of the index is not to be lost over it.
        Err(error) if !answer.findings.is_empty() => {
            answer.warnings.push(format!("{error}: the folder was not checked; give it"));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let path = given.or(indexed.as_deref()).unwrap_or(Path::new(FOLDER));
    match lint(path, today) {
        Ok(linted) => {
            answer.findings.extend(linted.findings);
            answer.folder =
                Some(CheckedFolder { path: path.to_path_buf(), files: linted.files, digests: linted.digests });
        }
        // Nobody has named it now: that it is gone is what there is to say.
        Err(error) if indexed.is_some() => {
            answer.findings.push(Finding::of(Code::Unreadable, path.to_string_lossy(), error.to_string()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
