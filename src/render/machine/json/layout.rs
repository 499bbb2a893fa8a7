//! Lines of a file, and places of parts, as JSON.

use serde::Serialize;

use super::rows::Rows;
use crate::lint::{Explained, FoundPart};
use crate::render::InitAnswer;

#[derive(Serialize)]
pub struct Explain<'a> {
    path: &'a str,
    outcome: &'a str,
    digest: Option<String>,
    date: Option<Place>,
    topic: Option<Place>,
    lang: Option<Place>,
    warnings: Vec<Warning<'a>>,
    lines: Rows<'a>,
}

#[derive(Serialize)]
struct Place {
    value: String,
    place: &'static str,
}

#[derive(Serialize)]
struct Warning<'a> {
    line: Option<usize>,
    message: &'a str,
}

impl<'a> Explain<'a> {
    pub fn new(answer: &'a Explained, lines: Rows<'a>) -> Self {
        let digest = answer.digest.as_ref();
        Self {
            path: &answer.path,
            outcome: &answer.outcome,
            digest: digest.map(|digest| digest.id().to_string()),
            date: digest.map(|digest| Place { value: digest.date.to_string(), place: digest.places.date }),
            topic: digest.map(|digest| Place { value: digest.topic.clone(), place: digest.places.topic }),
            lang: digest.and_then(|digest| Some(Place { value: digest.lang.clone()?, place: digest.places.lang })),
            warnings: answer.warnings.iter().map(|w| Warning { line: w.line, message: &w.message }).collect(),
            lines,
        }
    }
}

#[derive(Serialize)]
pub struct Init<'a> {
    folder: String,
    written: Option<String>,
    files: usize,
    digests: usize,
    own_layout: usize,
    drafts: usize,
    undated: usize,
    parts: Rows<'a>,
    keys: Vec<Part<'a>>,
    labels: Vec<Label<'a>>,
    unplaced: Vec<Unplaced<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    key: &'a str,
    count: usize,
    examples: &'a [String],
}

#[derive(Serialize)]
struct Label<'a> {
    label: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct Unplaced<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> Init<'a> {
    pub fn new(answer: &'a InitAnswer, parts: Rows<'a>) -> Self {
        let overview = &answer.overview;
        let key = |found: &'a FoundPart| Part { key: &found.part, count: found.count, examples: &found.examples };
        Self {
            folder: answer.folder.to_string_lossy().into_owned(),
            written: answer.written.as_ref().map(|path| path.to_string_lossy().into_owned()),
            files: overview.files,
            digests: overview.digests,
            own_layout: overview.own,
            drafts: overview.drafts,
            undated: overview.others,
            parts,
            keys: overview.keys.iter().map(key).collect(),
            labels: overview.labels.iter().map(|(label, count)| Label { label, count: *count }).collect(),
            unplaced: overview.unplaced.iter().map(|(path, message)| Unplaced { path, message }).collect(),
        }
    }
}
