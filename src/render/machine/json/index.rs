//! The report of an index run, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entries::Entries;
use super::rows::Rows;
use crate::render::IndexAnswer;

#[derive(Serialize)]
pub struct Index<'a> {
    index: String,
    dry_run: bool,
    wrote: bool,
    rebuilt: Option<String>,
    digests: usize,
    added: usize,
    changed: usize,
    removed: usize,
    unchanged: usize,
    skipped: usize,
    other_files: usize,
    drafts: usize,
    entries: Entries,
    attribution: &'a BTreeMap<String, usize>,
    warnings: Rows<'a>,
}

impl<'a> Index<'a> {
    pub fn new(answer: &'a IndexAnswer, warnings: Rows<'a>) -> Self {
        let report = &answer.report;
        Self {
            index: answer.index.display().to_string(),
            dry_run: answer.dry_run,
            wrote: report.wrote,
            rebuilt: report.rebuild_reason.filter(|_| report.wrote).map(|reason| reason.to_string()),
            digests: report.digests,
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            unchanged: report.unchanged,
            skipped: report.skipped,
            other_files: report.other_files,
            drafts: report.drafts,
            entries: report.entries.into(),
            attribution: &report.attribution,
            warnings,
        }
    }
}
