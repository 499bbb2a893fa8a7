//! Lines of a file, and places of parts, as records.

use serde::Serialize;

use super::Records;
use crate::lint::Explained;
use crate::render::InitAnswer;

const LINE: [&str; 6] = ["line", "becomes", "entry", "reason", "text", "loose_links"];

#[derive(Serialize)]
struct LineFields<'a> {
    line: usize,
    becomes: Option<&'static str>,
    entry: Option<&'a str>,
    reason: Option<&'static str>,
    text: &'a str,
    loose_links: &'a [String],
}

/// Returns the lines of a file.
pub fn lines(answer: &Explained) -> Records<'_> {
    let line = |i: usize| {
        let line = &answer.lines[i];
        LineFields {
            line: line.line,
            becomes: line.becomes.map(|becomes| becomes.as_str()),
            entry: line.entry.as_deref(),
            reason: line.reason(),
            text: &line.text,
            loose_links: &line.loose_links,
        }
    };
    Records::new(&LINE, &LINE, &["line", "becomes", "text"], answer.lines.len(), line)
}

const PART: [&str; 4] = ["part", "place", "count", "examples"];

#[derive(Serialize)]
struct PartFields<'a> {
    part: &'a str,
    place: &'static str,
    count: usize,
    examples: &'a [String],
}

/// Returns the parts of a folder's digests.
pub fn parts(answer: &InitAnswer) -> Records<'_> {
    let part = |i: usize| {
        let found = &answer.overview.parts[i];
        PartFields { part: &found.part, place: found.place, count: found.count, examples: &found.examples }
    };
    Records::new(&PART, &PART, &["part", "place", "count"], answer.overview.parts.len(), part)
}
