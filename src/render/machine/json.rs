//! Answers as JSON: an envelope with the schema's name and version. Keys are only added within a version; what is not
//! known is null.

mod asked;
mod check;
mod compare;
mod count;
mod index;
mod query;
mod report;
mod show;
mod status;
mod stories;
mod trend;

use std::io::{self, Write};

use serde::ser::{Serialize, Serializer};

use super::records::{Records, Row};
use crate::backend::EntryCounts;
use crate::insight::StoriesFound;
use crate::render::safe::acts;
use crate::render::{Answer, ReportAnswer};

const VERSION: u32 = 1;

/// Records with the fields asked for.
pub struct Rows<'a> {
    pub records: &'a Records<'a>,
    pub fields: &'a [&'static str],
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.records.rows(self.fields))
    }
}

/// Writes an answer as one object.
pub fn write(answer: &Answer, rows: Rows<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(Escaping(out));
    envelope(answer, rows, &mut serializer)?;
    out.write_all(b"\n")
}

/// Writes an answer as one object on a line.
pub fn write_line(answer: &Answer, rows: Rows<'_>, out: &mut dyn Write) -> io::Result<()> {
    envelope(answer, rows, &mut serde_json::Serializer::new(Escaping(out)))?;
    out.write_all(b"\n")
}

/// Writes a report as one object.
pub fn write_report(answer: &ReportAnswer, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(Escaping(out));
    Envelope::new("report", report::Report::new(answer)).serialize(&mut serializer)?;
    out.write_all(b"\n")
}

/// Writes a record on a line.
pub fn write_row(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(Escaping(out), row)?;
    out.write_all(b"\n")
}

fn envelope<S: Serializer>(answer: &Answer, rows: Rows<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match answer {
        Answer::Index(answer) => Envelope::new("index", index::Index::new(answer, rows)).serialize(serializer),
        Answer::Query(answer) => Envelope::new("query", query::Query::new(answer, rows)).serialize(serializer),
        Answer::Count(answer) => Envelope::new("count", count::Count::new(answer, rows)).serialize(serializer),
        Answer::Compare(answer) => Envelope::new("compare", compare::Compare::new(answer, rows)).serialize(serializer),
        Answer::Trend(answer) => Envelope::new("trend", trend::Trend::new(answer, rows)).serialize(serializer),
        Answer::Stories(answer) => match &answer.response.found {
            StoriesFound::Stories(list) => {
                Envelope::new("stories", stories::Stories::new(answer, list, rows)).serialize(serializer)
            }
            StoriesFound::Gaps(list) => {
                Envelope::new("gaps", stories::Gaps::new(answer, list, rows)).serialize(serializer)
            }
        },
        Answer::Show(answer) => Envelope::new("show", show::Show::new(answer, rows)).serialize(serializer),
        Answer::Status(answer) => Envelope::new("status", status::Status::new(answer, rows)).serialize(serializer),
        Answer::Check(answer) => Envelope::new("check", check::Check::new(answer, rows)).serialize(serializer),
    }
}

#[derive(serde::Serialize)]
struct Envelope<T> {
    schema: String,
    version: u32,
    #[serde(flatten)]
    body: T,
}

impl<T> Envelope<T> {
    fn new(name: &str, body: T) -> Self {
        Self { schema: format!("digest-search/{name}"), version: VERSION, body }
    }
}

/// Writes JSON with escapes for characters that would act on a terminal, which stand in strings only.
struct Escaping<'a>(&'a mut dyn Write);

impl Write for Escaping<'_> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(json).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
        self.0.write_all(escaped(text).as_bytes())?;
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// JSON with escapes for characters that would act on a terminal, and for those that some readers take for the end of a
/// line. They stand in strings only.
pub fn escaped(json: &str) -> std::borrow::Cow<'_, str> {
    let to_escape = |c: char| c != '\n' && acts(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if !json.contains(to_escape) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if to_escape(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.into()
}

#[derive(serde::Serialize)]
struct Units {
    total: usize,
    #[serde(flatten)]
    kinds: EntryCounts,
}

impl From<EntryCounts> for Units {
    fn from(kinds: EntryCounts) -> Self {
        Self { total: kinds.total(), kinds }
    }
}
