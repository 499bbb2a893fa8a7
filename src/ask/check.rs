//! Checks of an index and of its corpus.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::backend::{self, Checked, Damage, Depth};
use crate::index;
use crate::ingest::{CorpusFolder, Error, FOLDER, StaleFile, corpus_id, folders_of, stale_files};
use crate::lint::{self, Code, ExplainError, Explained, Finding, Overview};
use crate::options::CheckRequest;
use crate::render::{CheckAnswer, CheckedFolder, CheckedIndex};

const REBUILD: &str = "run `digest-search index --rebuild`";
const INDEX: &str = "run `digest-search index` to update the index";
const REMOVE: &str = "run `digest-search index` to remove it";

/// Checks an index and its folders, or another folder. A missing index is a warning if the request names a folder.
///
/// # Errors
/// Neither exists, or one cannot be read for a reason other than its contents.
pub fn check(index: &Path, request: &CheckRequest, today: NaiveDate) -> Result<CheckAnswer, Error> {
    let mut answer = CheckAnswer::default();
    if request.index {
        match check_index(index, &mut answer) {
            Err(error @ backend::Error::Missing { .. }) if request.folder.is_some() => {
                answer.warnings.push(format!("{error}: only the folder was checked"));
            }
            done => done?,
        }
    }
    if request.corpus {
        check_folder(index, request.folder.as_deref(), today, &mut answer)?;
    }
    if request.index && request.corpus {
        check_stale(index, &mut answer);
    }
    answer.findings.retain(|finding| !request.without.contains(&finding.code));
    Ok(answer)
}

fn check_index(index: &Path, answer: &mut CheckAnswer) -> Result<(), backend::Error> {
    let finding = |code: Code, path: &Path, message: String| Finding {
        hint: Some(REBUILD),
        ..Finding::of(code, path.to_string_lossy(), message)
    };
    let damaged = |Damage { path, message }| finding(Code::Damaged, &path, message);
    let mut checked = Checked::default();
    match index::at(index).last_commit() {
        // Another version may record its files in another way.
        Err(error @ backend::Error::OtherVersion { .. }) => {
            answer.findings.push(finding(Code::OtherVersion, index, error.to_string()));
        }
        Ok(_) => checked = index::at(index).check(Depth::Bytes)?,
        Err(error @ (backend::Error::Damaged { .. } | backend::Error::Unavailable { .. })) => {
            checked = index::at(index).check(Depth::Bytes)?;
            // The damage of files says more than the error that it led to.
            if checked.damage.is_empty() {
                checked.damage.push(match error {
                    backend::Error::Damaged { path, message } => Damage { path, message },
                    error => Damage { path: index.to_path_buf(), message: error.to_string() },
                });
            }
        }
        Err(error) => return Err(error),
    }
    let Checked { files, documents, bytes, .. } = checked;
    answer.index = Some(CheckedIndex { path: index.to_path_buf(), files, documents, bytes });
    answer.findings.extend(checked.damage.into_iter().map(damaged));
    let left = index::at(index).leftovers().into_iter().map(|path| Finding {
        hint: Some(REMOVE),
        ..Finding::of(Code::LeftOver, path.to_string_lossy(), "left over from a killed or failed run")
    });
    answer.findings.extend(left);
    Ok(())
}

/// Compares the contents of all files with the index.
fn check_stale(index: &Path, answer: &mut CheckAnswer) {
    // `check_index` has reported an unreadable index.
    let Ok(commit) = index::at(index).last_commit() else { return };
    for folder in &answer.folders {
        let stale = stale_files(&commit, &folder.path).into_iter().map(|StaleFile { path, has_new_stat }| {
            let message = match has_new_stat {
                true => "changed since it was indexed",
                false => "content differs from the index, although size, times and inode are the same",
            };
            let path = folder.path.join(path);
            let hint = Some(if has_new_stat { INDEX } else { REBUILD });
            Finding { hint, ..Finding::of(Code::Stale, path.to_string_lossy(), message) }
        });
        answer.findings.extend(stale);
    }
}

/// Explains a file of one of several folders.
///
/// # Errors
/// The folder or the file cannot be read, or the file is in none of the folders.
pub fn explain(folders: &[CorpusFolder], file: &Path) -> Result<Explained, ExplainError> {
    let mut outside = None;
    for folder in folders {
        match lint::explain(&folder.path, folder.name.as_deref(), file) {
            Err(error @ ExplainError::NotInCorpus { .. }) => outside = outside.or(Some(error)),
            Ok(mut explained) => {
                // Ids have the corpus where there are several.
                if let (Some(digest), Some(name), [_, _, ..]) = (&mut explained.digest, &folder.name, folders) {
                    digest.corpus = corpus_id(name);
                }
                return Ok(explained);
            }
            error => return error,
        }
    }
    let nowhere = || ExplainError::NotInCorpus { path: file.to_path_buf(), corpus: PathBuf::new() };
    Err(outside.unwrap_or_else(nowhere))
}

/// Returns an overview of a folder.
///
/// # Errors
/// The folder cannot be read, or its settings are invalid.
pub fn overview(folder: &Path) -> Result<Overview, ExplainError> {
    lint::overview(folder)
}

fn check_folder(index: &Path, given: Option<&Path>, today: NaiveDate, answer: &mut CheckAnswer) -> Result<(), Error> {
    let indexed = match given.map_or_else(|| folders_of(index), |_| Ok(None)) {
        Ok(indexed) => indexed,
        // Keep the findings about the index.
        Err(error) if !answer.findings.is_empty() => {
            answer.warnings.push(format!("{error}: the folder was not checked; name it"));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let is_indexed = indexed.is_some();
    let one = || vec![given.unwrap_or(Path::new(FOLDER)).to_path_buf().into()];
    for CorpusFolder { name, path } in indexed.unwrap_or_else(one) {
        match lint::lint(&path, name.as_deref(), today) {
            Ok(linted) => {
                answer.findings.extend(linted.findings);
                answer.folders.push(CheckedFolder { path, files: linted.files, digests: linted.digests });
            }
            // The folder comes from the index: its absence is a finding, not an error.
            Err(error) if is_indexed => {
                answer.findings.push(Finding::of(Code::Unreadable, path.to_string_lossy(), error.to_string()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
