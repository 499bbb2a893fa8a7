//! Answers as JSON: an envelope with the schema's name and version. Keys are only added within a version; what is not
//! known is null.

mod asked;
mod check;
mod compare;
mod count;
mod difference;
mod entries;
mod envelope;
mod escape;
mod index;
mod query;
mod report;
mod rows;
mod show;
mod status;
mod stories;
mod trend;

use std::io::{self, Write};

use serde::Serialize;

use super::records::Row;
use crate::render::{Answer, ReportAnswer};
use envelope::{Envelope, envelope};
use escape::Escaping;

pub use escape::escaped;
pub use rows::Rows;

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
