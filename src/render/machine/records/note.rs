//! Skipped files and warnings of an index run, as records.

use serde::Serialize;

use super::Records;
use crate::render::IndexAnswer;

const NOTE: [&str; 4] = ["path", "line", "message", "skipped"];

#[derive(Serialize)]
struct NoteFields<'a> {
    path: &'a str,
    line: Option<usize>,
    message: &'a str,
    /// True if the file was skipped.
    skipped: bool,
}

/// Returns the skipped files, then the warnings.
pub fn notes(answer: &IndexAnswer) -> Records<'_> {
    let report = &answer.report;
    let note = move |i: usize| {
        let skipped = i < report.left_out.len();
        let note = if skipped { &report.left_out[i] } else { &report.warnings[i - report.left_out.len()] };
        NoteFields { path: &note.path, line: note.line, message: &note.message, skipped }
    };
    Records::new(&NOTE, &NOTE, &["path"], report.left_out.len() + report.warnings.len(), note)
}
