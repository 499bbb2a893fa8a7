//! Checks of a whole corpus.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::code::Code;
use super::finding::Finding;
use super::sources::Sources;
use super::{days, file};
use crate::corpus::{self, WalkError};
use crate::digest::{Conventions, Facts, Folder, FolderNotes, Layout, Note, Reading, Subject};
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

/// Checks the digests of a folder.
///
/// # Errors
/// The folder does not exist or cannot be read.
pub fn lint(root: &Path, today: NaiveDate) -> Result<LintReport, WalkError> {
    let mut listing = corpus::walk(root)?;
    let mut findings = Vec::new();
    let settings_finding =
        |name: &str, message: String| Finding::of(Code::Digest(Subject::Settings), display_path(root, name), message);
    let (settings, conventions) = conventions(root).unwrap_or_else(|(name, message)| {
        findings.push(settings_finding(name, message));
        (name, Conventions::default())
    });
    let skipped = listing.skipped.iter().map(|(name, why)| Finding::of(Code::Unusable, display_path(root, name), why));
    findings.extend(skipped);
    let unreadable =
        |(name, why)| Finding::of(Code::Unreadable, display_path(root, name), format!("cannot be read: {why}"));
    findings.extend(listing.unreadable.iter().map(|(name, why)| unreadable((name.as_str(), why))));
    let globs = conventions.keep(&mut listing.files);
    let readings = readings(root, &listing, &conventions);
    let checked: Vec<_> = listing
        .files
        .par_iter()
        .map(|(name, _)| {
            let reading = readings.get(name.as_str());
            file::lint(&root.join(name), &display_path(root, name), name, reading, &conventions, today)
        })
        .collect();
    let mut digests: Vec<(DigestId, String)> = Vec::new();
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
    let note = |Note { line, message }| Finding { line: Some(line), ..settings_finding(settings, message) };
    findings.extend(notes.map(note));
    let proposal = |message| Finding::of(Code::Alias, display_path(root, settings), message);
    findings.extend(sources.proposals().into_iter().map(proposal));
    let duplicates = days::duplicates(&digests);
    let unique = digests.len() - duplicates.len();
    findings.extend(duplicates);
    findings.extend(days::missing(&digests, today));
    if unique == 0 {
        let message = match listing.files.len() {
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

/// Decides how each file in the general layout is read.
fn readings<'a>(root: &Path, listing: &'a corpus::Listing, conventions: &Conventions) -> HashMap<&'a str, Reading> {
    let facts = |(name, _): &'a (String, corpus::Stat)| {
        let path = root.join(name);
        if corpus::read_head(&path).is_some_and(|head| Layout::has_own_mark(&head)) {
            return None;
        }
        let text = corpus::read(&path).ok()?;
        let is_general = Layout::of(&text.text) == Layout::General;
        Some((name.as_str(), is_general.then(|| Facts::of(&text.text, name, conventions))??))
    };
    let facts: Vec<(&str, Facts)> = listing.files.par_iter().filter_map(facts).collect();
    let corpus = corpus::canonical(root);
    let folder = Folder::decide(&corpus.to_string_lossy(), facts.iter().map(|(name, facts)| (*name, facts)));
    facts.iter().map(|(name, facts)| (*name, folder.reading(name, facts))).collect()
}

/// Returns the path of a file of the corpus, relative to the working directory.
fn display_path(root: &Path, name: &str) -> String {
    root.join(name).to_string_lossy().into_owned()
}

/// Reads the conventions of the corpus. Returns the name of their file with the conventions or an error message.
fn conventions(root: &Path) -> Result<(&'static str, Conventions), (&'static str, String)> {
    let (name, yaml) = corpus::read_conventions(root).map_err(|(name, error)| (name, error.to_string()))?;
    let conventions = Conventions::from_yaml(&yaml).map_err(|error| (name, error.to_string()))?;
    Ok((name, conventions))
}
