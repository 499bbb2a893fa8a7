//! What a run did.

use std::collections::BTreeMap;

use super::anew::Anew;
use super::in_order::InOrder;
use super::note::FileNote;
use super::options::Options;
use crate::backend::{self, Commit, EntryCounts, FileRecord, State};
use crate::corpus::Found;
use crate::digest::{Note, Warning};

/// What a run did, or would do.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many digests are indexed now.
    pub digests: usize,
    /// Digests in files that held none before.
    pub added: usize,
    /// Digests in files that held another text before.
    pub changed: usize,
    /// Digests indexed before that are gone, or can't be used any more.
    pub removed: usize,
    /// Digests that are as they were.
    pub unchanged: usize,
    /// Markdown files that are not indexed, whatever the reason.
    pub skipped: usize,
    /// Of those: Markdown that is no digest, such as `_index.md`.
    pub other_files: usize,
    /// Of those: drafts.
    pub drafts: usize,
    /// The entries indexed now.
    pub entries: EntryCounts,
    /// How many titles' perspectives are known, by how they are.
    pub attribution: BTreeMap<String, usize>,
    /// Files that are not indexed and perhaps should be.
    pub left_out: Vec<FileNote>,
    /// What was odd in what was read.
    pub warnings: Vec<FileNote>,
    /// Why everything was indexed anew, if it was.
    pub anew: Option<Anew>,
    /// Whether the index was written.
    pub wrote: bool,
}

impl Report {
    /// Compares two commits.
    pub fn new(
        previous: Option<&Commit<'_>>,
        commit: &Commit<'_>,
        found: &Found,
        anew: Option<Anew>,
        options: &Options,
    ) -> Self {
        let catalog = &commit.catalog;
        let mut report = Self {
            digests: catalog.digests,
            entries: catalog.entries,
            attribution: catalog.attribution.clone(),
            anew,
            ..Self::default()
        };
        let mut last = InOrder::new(previous.map_or(&[], |previous| &previous.files));
        let mut lost =
            previous.map_or(0, |previous| previous.files.iter().filter(|file| file.digest().is_some()).count());
        for file in commit.files.iter() {
            let old = last.find(&file.path).filter(|old| old.digest().is_some());
            lost -= usize::from(old.is_some());
            report.count(file, old);
            if let Some(digest) = file.digest() {
                let is_new = old.is_none_or(|old| old.hash != file.hash) || anew.is_some();
                if is_new {
                    report.warnings.extend(digest.warnings.iter().map(|w| FileNote::new(&file.path, w, false)));
                }
                if digest.date > options.today {
                    let warning = Warning::file(format!(
                        "dated {}, which is later than today; relative dates don't count from it",
                        digest.date
                    ));
                    report.warnings.push(FileNote::new(&file.path, &warning, false));
                }
            }
        }
        report.removed += lost;
        for (path, reason) in &found.left_out {
            report.skipped += 1;
            report.left_out.push(FileNote::new(path, &Warning::file(reason.clone()), false));
        }
        report.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        for (path, cause) in &found.unreadable {
            report.warnings.push(FileNote::new(path, &Warning::file(format!("can't be read: {cause}")), false));
        }
        report
    }

    /// Adds digests that are kept as they were, since they can't be read.
    pub(super) fn warn_of_unreadable(&mut self, files: &[(String, String)]) {
        let note = |(path, cause): &(String, String)| {
            FileNote::new(path, &Warning::file(format!("can't be read: {cause}; what is indexed of it stays")), false)
        };
        self.warnings.extend(files.iter().map(note));
    }

    /// Adds what could not be tidied up behind the commit.
    pub(super) fn warn_of_unfinished(&mut self, why: &backend::Error) {
        let path = match why {
            backend::Error::Io { path, .. } | backend::Error::Write { path, .. } => path.to_string_lossy().into_owned(),
            _ => String::new(),
        };
        let cause = std::error::Error::source(why).map_or_else(|| why.to_string(), ToString::to_string);
        let message = format!(
            "segments of the index could not be merged: {cause}; what has changed is indexed, and the next run that writes tries again"
        );
        self.warnings.push(FileNote::new(&path, &Warning::file(message), false));
    }

    /// Adds what has no effect of what the corpus says about itself.
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
            State::Duplicate { topic, date, of, .. } => {
                skip(self);
                let warning = Warning::file(format!("{of} is indexed as the digest of {topic} on {date} already"));
                self.left_out.push(FileNote::new(&file.path, &warning, true));
            }
        }
    }

    /// Digests that are not indexed, and why.
    pub fn skipped_digests(&self) -> impl Iterator<Item = &FileNote> {
        self.left_out.iter().filter(|note| note.skipped_digest)
    }

    /// Whether there are any.
    pub fn has_skipped_digests(&self) -> bool {
        self.skipped_digests().next().is_some()
    }
}
