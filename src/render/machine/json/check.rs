//! Findings about an index and a corpus, as JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::rows::Rows;
use crate::render::CheckAnswer;

#[derive(Serialize)]
pub struct Check<'a> {
    index: Option<Index>,
    folder: Option<Folder>,
    total: usize,
    counts: BTreeMap<&'static str, usize>,
    findings: Rows<'a>,
}

#[derive(Serialize)]
struct Index {
    path: String,
    files: usize,
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
        Self {
            index: answer.index.as_ref().map(|i| Index { path: text(&i.path), files: i.files, bytes: i.bytes }),
            folder: answer.folder.as_ref().map(|f| Folder { path: text(&f.path), files: f.files, digests: f.digests }),
            total: answer.findings.len(),
            counts: answer.counts(),
            findings,
        }
    }
}
