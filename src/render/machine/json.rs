//! Answers as JSON, in an envelope with the name and version of the schema. Within a version, keys are only added; unknown
//! values are null.

mod check;
mod compare;
mod count;
mod difference;
mod entries;
mod envelope;
mod escape;
mod index;
mod layout;
mod query;
mod report;
mod rows;
mod selection;
mod show;
mod status;
mod stories;
mod trend;

use std::io::{self, Write};

use serde::Serialize;

use super::records::Row;
use crate::diagnostic::Syntax;
use crate::render::{Answer, ReportAnswer};
use envelope::{Envelope, envelope};
use escape::Escaping;

pub use escape::escaped;
pub use rows::Rows;

/// Writes an answer as a JSON object.
pub fn write(answer: &Answer, rows: Rows<'_>, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(Escaping(out));
    envelope(answer, rows, syntax, &mut serializer)?;
    out.write_all(b"\n")
}

/// Writes an answer as a JSON object on a line.
pub fn write_line(answer: &Answer, rows: Rows<'_>, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    envelope(answer, rows, syntax, &mut serde_json::Serializer::new(Escaping(out)))?;
    out.write_all(b"\n")
}

/// Writes a report as a JSON object.
pub fn write_report(answer: &ReportAnswer, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::pretty(Escaping(out));
    Envelope::new("report", report::Report::new(answer, syntax)).serialize(&mut serializer)?;
    out.write_all(b"\n")
}

/// Writes a record as a JSON object on a line.
pub fn write_row(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(Escaping(out), row)?;
    out.write_all(b"\n")
}
