//! Result of an indexing run.

use std::collections::BTreeMap;

use super::note::FileNote;
use super::options::Options;
use super::path_cursor::PathCursor;
use super::rebuild_reason::RebuildReason;
use crate::backend::{self, Commit, Damage, EntryCounts, FileRecord, State};
use crate::corpus::Listing;
use crate::digest::{FolderNotes, Note, Warning};

/// Number of files without a date that are named where nothing is indexed.
pub const EXAMPLES: usize = 3;

/// Result of an indexing run, or of a dry run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Number of indexed digests.
    pub digests: usize,
    /// Digests in files that had none before.
    pub added: usize,
    /// Digests in files with changed content.
    pub changed: usize,
    /// Digests of the last commit that are gone or unusable.
    pub removed: usize,
    /// Digests without a change.
    pub unchanged: usize,
    /// Markdown files that are not indexed, for any reason.
    pub skipped: usize,
    /// Skipped files without a date, such as `_index.md`.
    pub other_files: usize,
    /// Paths of the first of these.
    pub first_other_files: Vec<String>,
    /// Skipped drafts.
    pub drafts: usize,
    /// Numbers of indexed entries.
    pub entries: EntryCounts,
    /// Number of titles with a known perspective, by the kind of evidence.
    pub attribution: BTreeMap<String, usize>,
    /// True if a topic has perspectives.
    pub has_perspectives: bool,
    /// Skipped files that may be digests, with their reasons.
    pub left_out: Vec<FileNote>,
    /// Warnings about the files read.
    pub warnings: Vec<FileNote>,
    /// Reason for the rebuild, if the index was rebuilt.
    pub rebuild_reason: Option<RebuildReason>,
    /// True if the index was written.
    pub wrote: bool,
}

impl Report {
    /// Compares two commits.
    pub fn new(
        previous: Option<&Commit<'_>>,
        commit: &Commit<'_>,
        listing: &Listing,
        rebuild_reason: Option<RebuildReason>,
        options: &Options,
    ) -> Self {
        let catalog = &commit.catalog;
        let mut report = Self {
            digests: catalog.digests,
            entries: catalog.entries,
            attribution: catalog.attribution.clone(),
            has_perspectives: catalog.has_perspectives(),
            rebuild_reason,
            ..Self::default()
        };
        let mut last = PathCursor::new(previous.map_or(&[], |previous| &previous.files));
        let mut lost =
            previous.map_or(0, |previous| previous.files.iter().filter(|file| file.digest().is_some()).count());
        let mut folders: BTreeMap<&str, FolderNotes> = BTreeMap::new();
        for file in commit.files.iter() {
            let old = last.find(&file.path).filter(|old| old.digest().is_some());
            lost -= usize::from(old.is_some());
            report.count(file, old);
            if let Some(digest) = file.digest() {
                let is_new = old.is_none_or(|old| old.hash != file.hash) || rebuild_reason.is_some();
                if is_new {
                    let notes = folders.entry(&digest.head.corpus).or_default();
                    notes.add(&file.path, &digest.loose_links, digest.repeated);
                    report.warnings.extend(digest.warnings.iter().map(|w| FileNote::new(&file.path, w, false)));
                }
                if digest.date > options.today {
                    let warning =
                        Warning::file(format!("dated {}, later than today; relative dates ignore it", digest.date));
                    report.warnings.push(FileNote::new(&file.path, &warning, false));
                }
            }
        }
        report.removed += lost;
        let links = folders.values().flat_map(FolderNotes::links);
        report.warnings.extend(links.map(|(folder, note)| FileNote::new(folder, &Warning::file(note), false)));
        for (corpus, folders) in &folders {
            let path = if corpus.is_empty() { "." } else { corpus };
            report.warnings.extend(folders.repeated().map(|note| FileNote::new(path, &Warning::file(note), false)));
        }
        for (path, reason) in &listing.skipped {
            report.skipped += 1;
            report.left_out.push(FileNote::new(path, &Warning::file(reason.clone()), false));
        }
        report.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        for (path, cause) in &listing.unreadable {
            report.warnings.push(FileNote::new(path, &Warning::file(format!("cannot be read: {cause}")), false));
        }
        report
    }

    /// Warns of unreadable digests whose entries are kept.
    pub(super) fn warn_of_unreadable(&mut self, files: &[(String, String)]) {
        let note = |(path, cause): &(String, String)| {
            FileNote::new(
                path,
                &Warning::file(format!("cannot be read: {cause}; its last indexed content is kept")),
                false,
            )
        };
        self.warnings.extend(files.iter().map(note));
    }

    /// Warns of damage that the rebuild repairs.
    pub(super) fn warn_of_damage(&mut self, damage: Option<&Damage>) {
        let note = |Damage { path, message }: &Damage| {
            FileNote::new(&path.to_string_lossy(), &Warning::file(message.clone()), false)
        };
        self.warnings.extend(damage.map(note));
    }

    /// Adds the digests that the index refuses.
    pub(super) fn add_refused(&mut self, notes: Vec<FileNote>) {
        // Those without earlier content were added by their records.
        self.left_out.retain(|note| notes.iter().all(|refused| refused.path != note.path));
        self.left_out.extend(notes);
        self.left_out.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Warns of a cleanup after the commit that failed.
    pub(super) fn warn_of_unfinished(&mut self, why: &backend::Error) {
        let path = match why {
            backend::Error::Io { path, .. } | backend::Error::Write { path, .. } => path.to_string_lossy().into_owned(),
            backend::Error::Remote { path, .. } => path.to_string_lossy().into_owned(),
            _ => String::new(),
        };
        let cause = std::error::Error::source(why).map_or_else(|| why.to_string(), ToString::to_string);
        let message = match why {
            backend::Error::Remote { .. } => {
                format!(
                    "cannot delete what earlier runs left: {cause}; the changes are indexed, and the next run tries again"
                )
            }
            _ => format!(
                "cannot merge segments of the index: {cause}; the changes are indexed, and the next write tries again"
            ),
        };
        self.warnings.push(FileNote::new(&path, &Warning::file(message), false));
    }

    /// Adds notes on the conventions of the corpus.
    pub(super) fn warn_of_settings(&mut self, file: &str, notes: Vec<Note>) {
        let note = |Note { line, message }| FileNote::new(file, &Warning { line: Some(line), message }, false);
        self.warnings.extend(notes.into_iter().map(note));
    }

    fn count(&mut self, file: &FileRecord, old: Option<&FileRecord>) {
        let skip = |report: &mut Self| {
            report.skipped += 1;
            report.removed += usize::from(old.is_some());
        };
        match &file.state {
            State::Digest(_) => match old {
                None => self.added += 1,
                Some(old) if old.hash == file.hash => self.unchanged += 1,
                Some(_) => self.changed += 1,
            },
            State::NotADigest => {
                skip(self);
                self.other_files += 1;
                if self.first_other_files.len() < EXAMPLES {
                    self.first_other_files.push(file.path.clone());
                }
            }
            State::Draft => {
                skip(self);
                self.drafts += 1;
            }
            State::Unusable(warning) => {
                skip(self);
                self.left_out.push(FileNote::new(&file.path, warning, true));
            }
            State::Unreadable(why) => {
                skip(self);
                self.left_out.push(FileNote::new(&file.path, &Warning::file(why.clone()), true));
            }
            State::Duplicate { digest, of, .. } => {
                skip(self);
                let warning = Warning::file(format!("{of} is already the digest {}", digest.described()));
                self.left_out.push(FileNote::new(&file.path, &warning, true));
            }
        }
    }

    /// Returns the skipped digests with their reasons.
    pub fn skipped_digests(&self) -> impl Iterator<Item = &FileNote> {
        self.left_out.iter().filter(|note| note.skipped_digest)
    }

    /// Reports whether a digest is skipped.
    pub fn has_skipped_digests(&self) -> bool {
        self.skipped_digests().next().is_some()
    }
}
