//! Findings about an index and a corpus, as JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::rows::Rows;
use crate::render::{CheckAnswer, CheckedFolder, CheckedIndex};

#[derive(Serialize)]
pub struct Check<'a> {
    index: Option<Index>,
    /// The first of the folders.
    folder: Option<Folder>,
    total: usize,
    counts: BTreeMap<&'static str, usize>,
    findings: Rows<'a>,
    folders: Vec<Folder>,
}

#[derive(Serialize)]
struct Index {
    path: String,
    files: usize,
    documents: Option<u64>,
    bytes: u64,
}

#[derive(Serialize)]
struct Folder {
    path: String,
    files: usize,
    digests: usize,
}

impl<'a> Check<'a> {
    pub fn new(answer: &'a CheckAnswer, findings: Rows<'a>) -> Self {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let folder = |f: &CheckedFolder| Folder { path: text(&f.path), files: f.files, digests: f.digests };
        let index = |i: &CheckedIndex| {
            let CheckedIndex { files, documents, bytes, .. } = *i;
            Index { path: text(&i.path), files, documents, bytes }
        };
        Self {
            index: answer.index.as_ref().map(index),
            folder: answer.folders.first().map(folder),
            total: answer.findings.len(),
            counts: answer.counts(),
            findings,
            folders: answer.folders.iter().map(folder).collect(),
        }
    }
}
