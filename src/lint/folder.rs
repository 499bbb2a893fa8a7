//! Checks of a whole corpus.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::code::Code;
use super::corpus::Corpus;
use super::finding::Finding;
use super::sources::Sources;
use super::{days, file};
use crate::corpus::WalkError;
use crate::digest::{FolderNotes, Note, Subject};
use crate::model::DigestId;

/// Result of checking a corpus.
#[derive(Debug, Default)]
pub struct LintReport {
    /// Number of Markdown files.
    pub files: usize,
    /// Number of digests, without drafts and duplicates.
    pub digests: usize,
    /// Findings, sorted by file and line.
    pub findings: Vec<Finding>,
}

/// Checks the digests of a folder, whose name is that of the corpus unless one is given.
///
/// # Errors
/// The folder does not exist or cannot be read.
pub fn lint(root: &Path, name: Option<&str>, today: NaiveDate) -> Result<LintReport, WalkError> {
    let Corpus { listing, conventions, settings, mistake, used: globs, readings } = Corpus::open(root, name)?;
    let settings_finding =
        |message: String| Finding::of(Code::Digest(Subject::Settings), display_path(root, settings), message);
    let mut findings: Vec<Finding> = mistake.into_iter().map(settings_finding).collect();
    let skipped = listing.skipped.iter().map(|(name, why)| Finding::of(Code::Unusable, display_path(root, name), why));
    findings.extend(skipped);
    let unreadable =
        |(name, why)| Finding::of(Code::Unreadable, display_path(root, name), format!("cannot be read: {why}"));
    findings.extend(listing.unreadable.iter().map(|(name, why)| unreadable((name.as_str(), why))));
    let checked: Vec<_> = listing
        .files
        .par_iter()
        .map(|(name, _)| {
            let reading = readings.get(name.as_str());
            file::lint(&root.join(name), &display_path(root, name), name, reading, &conventions, today)
        })
        .collect();
    let mut digests: Vec<(DigestId, String)> = Vec::new();
    let has_globs = !globs.is_empty();
    let (mut used, mut sources, mut folders) = (globs, Sources::default(), FolderNotes::default());
    for (file, (name, _)) in checked.into_iter().zip(&listing.files) {
        findings.extend(file.findings);
        digests.extend(file.digest.map(|id| (id, display_path(root, name))));
        used.extend(file.used);
        sources.add(file.sources);
        folders.add(name, &file.loose_links, 0);
    }
    let loose = |(folder, note)| Finding::of(Code::LooseLinks, display_path(root, folder), note);
    findings.extend(folders.links().into_iter().map(loose));
    let notes = conventions.notes().iter().cloned().chain(conventions.unused(&used));
    let note = |Note { line, message }| Finding { line: Some(line), ..settings_finding(message) };
    findings.extend(notes.map(note));
    let proposal = |message| Finding::of(Code::Alias, display_path(root, settings), message);
    findings.extend(sources.proposals().into_iter().map(proposal));
    let duplicates = days::duplicates(&digests);
    let unique = digests.len() - duplicates.len();
    findings.extend(duplicates);
    findings.extend(days::missing(&digests, today));
    if unique == 0 {
        let message = match listing.files.len() {
            0 if has_globs => "no Markdown files in this folder but those that the settings skip".to_owned(),
            0 => "no Markdown files in this folder".to_owned(),
            1 => "no digests in this folder: its Markdown file is a draft, is unusable or has no date".to_owned(),
            files => {
                format!(
                    "no digests in this folder: its {files} Markdown files are drafts, are unusable or have no date"
                )
            }
        };
        findings.push(Finding::of(Code::NoDigests, root.to_string_lossy(), message));
    }
    // Findings about a topic come last and stay sorted by day.
    findings.sort_by(|a, b| (a.path.is_none(), &a.path, a.line).cmp(&(b.path.is_none(), &b.path, b.line)));
    Ok(LintReport { files: listing.files.len(), digests: unique, findings })
}

/// Returns the path of a file of the corpus, relative to the working directory.
fn display_path(root: &Path, name: &str) -> String {
    root.join(name).to_string_lossy().into_owned()
}
