//! A folder of digests as a whole.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::code::Code;
use super::finding::Finding;
use super::sources::Sources;
use super::{days, file};
use crate::corpus::{self, WalkError};
use crate::digest::{Conventions, Note, Subject};
use crate::model::DigestId;

/// What is found in a folder.
#[derive(Debug, Default)]
pub struct Linted {
    /// How many Markdown files there are.
    pub files: usize,
    /// How many of them are digests, drafts and duplicates left out.
    pub digests: usize,
    /// What is found, by file and line.
    pub findings: Vec<Finding>,
}

/// Looks through a folder of digests.
///
/// # Errors
/// There is no such folder, or it can't be read.
pub fn lint(root: &Path, today: NaiveDate) -> Result<Linted, WalkError> {
    let found = corpus::walk(root)?;
    let mut findings = Vec::new();
    let of_settings =
        |name: &str, message: String| Finding::of(Code::Digest(Subject::Settings), shown(root, name), message);
    let (settings, conventions) = conventions(root).unwrap_or_else(|(name, message)| {
        findings.push(of_settings(name, message));
        (name, Conventions::default())
    });
    let left_out = found.left_out.iter().map(|(name, why)| Finding::of(Code::Unusable, shown(root, name), why));
    findings.extend(left_out);
    let cant = |(name, why)| Finding::of(Code::Unreadable, shown(root, name), format!("can't be read: {why}"));
    findings.extend(found.unreadable.iter().map(|(name, why)| cant((name.as_str(), why))));
    let looked: Vec<_> = found
        .files
        .par_iter()
        .map(|(name, _)| file::lint(&root.join(name), &shown(root, name), &conventions, today))
        .collect();
    let mut digests: Vec<(DigestId, String)> = Vec::new();
    let (mut used, mut sources) = (BTreeSet::new(), Sources::default());
    for (file, (name, _)) in looked.into_iter().zip(&found.files) {
        findings.extend(file.findings);
        digests.extend(file.digest.map(|id| (id, shown(root, name))));
        used.extend(file.used);
        sources.add(file.sources);
    }
    let notes = conventions.notes().iter().cloned().chain(conventions.unused(&used));
    let note = |Note { line, message }| Finding { line: Some(line), ..of_settings(settings, message) };
    findings.extend(notes.map(note));
    let proposal = |message| Finding::of(Code::Alias, shown(root, settings), message);
    findings.extend(sources.proposals().into_iter().map(proposal));
    let duplicates = days::duplicates(&digests);
    let unique = digests.len() - duplicates.len();
    findings.extend(duplicates);
    findings.extend(days::missing(&digests, today));
    if unique == 0 {
        let message = match found.files.len() {
            0 => "no digests in this folder, and no other Markdown files".to_owned(),
            1 => "no digests in this folder: its one Markdown file is a draft, unusable or another page".to_owned(),
            files => {
                format!("no digests in this folder: its {files} Markdown files are drafts, unusable or other pages")
            }
        };
        findings.push(Finding::of(Code::NoDigests, root.to_string_lossy(), message));
    }
    // Those of a topic come last, and stay in the order of days.
    findings.sort_by(|a, b| (a.path.is_none(), &a.path, a.line).cmp(&(b.path.is_none(), &b.path, b.line)));
    Ok(Linted { files: found.files.len(), digests: unique, findings })
}

/// A file below the folder, as it can be opened from here.
fn shown(root: &Path, name: &str) -> String {
    root.join(name).to_string_lossy().into_owned()
}

/// What the corpus says about itself, or what is wrong with that; with the name of the file.
fn conventions(root: &Path) -> Result<(&'static str, Conventions), (&'static str, String)> {
    let (name, yaml) = corpus::read_conventions(root).map_err(|(name, error)| (name, error.to_string()))?;
    let conventions = Conventions::from_yaml(&yaml).map_err(|error| (name, error.to_string()))?;
    Ok((name, conventions))
}
