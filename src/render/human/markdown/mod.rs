//! Answers as Markdown (CommonMark, with GitHub's tables) to paste into a document.

mod blocks;
mod compare;
mod escape;
mod report;
mod stories;
mod totals;
mod trend;

use std::io::{self, Write};

use crate::insight::Term;
use crate::query::{Facet, FacetValue, Unit};
use crate::render::human::grid::grid;
use crate::render::machine::{Records, Row, plain};
use crate::render::numbers::{grouped, small};
use crate::render::safe::is_web;
use crate::render::{Answer, CountAnswer, QueryAnswer, Style};

use totals::totals;

use blocks::write as write_blocks;
pub use escape::escaped;
pub use report::write as write_report;

use escape::{address, at_start};

/// Hits and digests as lists, all else as a table; then how much there is, and what must be known to read it.
/// `any_option` is what makes one of the words of a query enough, as it is written there.
pub fn write(
    answer: &Answer,
    records: &Records<'_>,
    any_option: &'static str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(blocks) = super::answers::blocks(answer) {
        let context = blocks::Context { is_quiet: style.quiet, any_option };
        return write_blocks(&blocks, context, out);
    }
    let mut body = Vec::new();
    match answer {
        Answer::Query(answer) => write_hits(answer, &mut body),
        Answer::Count(answer) => write_count(answer, &mut body),
        Answer::Compare(answer) => compare::write(answer, &mut body),
        Answer::Trend(answer) => trend::write(answer, &mut body),
        Answer::Stories(answer) => stories::write(answer, &mut body),
        Answer::Gaps(answer) => stories::write_gaps(answer, &mut body),
        _ => write_table(records, &records.columns, &mut body),
    }?;
    out.write_all(&body)?;
    let distance = if let Answer::Compare(answer) = answer { answer.distance() } else { None };
    let caveats = if let Answer::Query(_) | Answer::Check(_) = answer { Vec::new() } else { answer.caveats() };
    let mut notes = totals(answer, any_option);
    notes.extend(distance);
    notes.extend(style.caveats(caveats));
    write_notes(&notes, !body.is_empty() && !body.ends_with(b"\n\n"), out)
}

/// Records as a table, and how much there is.
pub fn write_records(
    answer: &Answer,
    records: &Records<'_>,
    fields: &[&'static str],
    out: &mut dyn Write,
) -> io::Result<()> {
    write_table(records, fields, out)?;
    write_notes(&totals(answer, "--any"), true, out)
}

/// A paragraph each.
fn write_notes(notes: &[String], is_below: bool, out: &mut dyn Write) -> io::Result<()> {
    for (at, note) in notes.iter().enumerate() {
        if is_below || at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", escaped_item(note))?;
    }
    Ok(())
}

/// Records as a table.
fn write_table(records: &Records<'_>, fields: &[&'static str], out: &mut dyn Write) -> io::Result<()> {
    let cells = |row: Row<'_>| row.values().map(|value| plain(value).into_owned()).collect();
    let header = fields.iter().map(|field| (*field).to_owned()).collect();
    let is_number = |column: usize| NUMBERS.contains(&fields[column]);
    write_lines(std::iter::once(header).chain(records.rows(fields).map(cells)), is_number, out)
}

/// Fields that are set to the right.
const NUMBERS: [&str; 19] = [
    "score",
    "digests",
    "count",
    "distinct",
    "sampled",
    "share",
    "low",
    "high",
    "effective",
    "words",
    "z",
    "count_others",
    "carrying",
    "outlets",
    "outlets_side",
    "titles",
    "titles_side",
    "p",
    "q",
];

/// A table, its first line the header.
fn write_lines(
    lines: impl Iterator<Item = Vec<String>>,
    is_number: impl Fn(usize) -> bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (i, cells) in lines.enumerate() {
        writeln!(out, "| {} |", cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "))?;
        if i == 0 {
            let rule = |column| if is_number(column) { "---:" } else { "---" };
            writeln!(out, "| {} |", (0..cells.len()).map(rule).collect::<Vec<_>>().join(" | "))?;
        }
    }
    Ok(())
}

/// Terms with their numbers, in a table.
fn write_terms(title: &str, counts: [&str; 2], terms: &[Term], out: &mut dyn Write) -> io::Result<()> {
    let header = [title, counts[0], counts[1], "z", "q", "example"].map(str::to_owned).to_vec();
    let line = |term: &Term| {
        let q = term.q.map_or_else(String::new, small);
        let rests = term.outlet.as_ref().map_or_else(String::new, |outlet| format!(" (rests on {outlet})"));
        let numbers = [grouped(term.here), grouped(term.there), format!("{:.1}", term.z), q];
        [&[term.term.clone() + &rests][..], &numbers, std::slice::from_ref(&term.example.text)].concat()
    };
    write_lines(std::iter::once(header).chain(terms.iter().map(line)), |column| (1..5).contains(&column), out)
}

fn write_count(answer: &CountAnswer, out: &mut dyn Write) -> io::Result<()> {
    let grid = grid(answer);
    if grid.len() > 1 {
        write_lines(grid.into_iter(), |column| column > 0, out)?;
    }
    Ok(())
}

fn write_hits(answer: &QueryAnswer, out: &mut dyn Write) -> io::Result<()> {
    for hit in &answer.response.hits {
        let copies = match hit.copies {
            0 => String::new(),
            n => format!(", +{}", crate::render::numbers::counted_as(n, "copy", "copies")),
        };
        writeln!(out, "- {} — {}{copies}", linked(&hit.unit), origin(&hit.unit))?;
    }
    for (at, facet) in answer.response.facets.iter().enumerate() {
        if at > 0 || !answer.response.hits.is_empty() {
            writeln!(out)?;
        }
        write_facet(facet, out)?;
    }
    Ok(())
}

fn write_facet(facet: &Facet, out: &mut dyn Write) -> io::Result<()> {
    let header = [facet.field.as_str(), "count", "lifted", "unfiltered"].map(str::to_owned).to_vec();
    let line = |value: &FacetValue| {
        let name = value.name.clone().unwrap_or_default();
        let counts = [value.count, value.lifted, value.unfiltered].map(|count| count.to_string());
        std::iter::once(name).chain(counts).collect()
    };
    write_lines(std::iter::once(header).chain(facet.values.iter().map(line)), |column| column > 0, out)
}

/// A unit's text, a link where it has one.
fn linked(unit: &Unit) -> String {
    match unit.url.as_deref().filter(|url| is_web(url)) {
        Some(url) => format!("[{}](<{}>)", escaped(&unit.text), address(url)),
        None => escaped_item(&unit.text),
    }
}

/// Outlet or kind, side and day.
fn origin(unit: &Unit) -> String {
    let what = unit.source.as_deref().map_or_else(|| unit.kind.to_string(), escaped);
    let side = unit.perspective.as_ref().map_or_else(String::new, |side| format!(", {}", escaped(&side.name)));
    format!("{what}{side}, {}", unit.date)
}

/// A text at the start of a line.
fn escaped_item(text: &str) -> String {
    at_start(&escaped(text))
}
