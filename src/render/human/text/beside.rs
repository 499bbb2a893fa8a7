//! Sides beside one another, each in a column.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::paint::{NO_BREAK, Part, paint};
use super::term::wrapped;
use crate::insight::Sampled;
use crate::model::Kind;
use crate::render::human::grid::{interval, percent};
use crate::render::numbers::grouped;
use crate::render::{Style, shown};

/// Narrower columns can't be read; then sides stand below one another.
const MIN_COLUMN: usize = 36;

/// In a file, and on a very wide terminal, columns are no wider than what can be read.
const MAX_WIDTH: usize = 120;

/// Between columns.
const GAP: usize = 3;

/// A part of what is said of a side, as lines that fit the style's width.
pub type Section<'a, S> = &'a dyn Fn(&S, Style) -> io::Result<String>;

/// Writes the sections of sides, the same ones beside one another.
pub fn beside<S>(sides: &[S], sections: &[Section<'_, S>], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let width = style.width.min(MAX_WIDTH);
    let fit = ((width + GAP) / (MIN_COLUMN + GAP)).clamp(1, sides.len().max(1));
    let column = Style { width: (width + GAP) / fit - GAP, ..style };
    for sides in sides.chunks(fit) {
        for section in sections {
            let columns = sides.iter().map(|side| section(side, column)).collect::<io::Result<Vec<_>>>()?;
            write_columns(&columns, column.width, out)?;
        }
    }
    Ok(())
}

/// Writes columns beside one another, and an empty line below.
fn write_columns(columns: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<Vec<&str>> = columns.iter().map(|column| column.lines().collect()).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    for row in 0..height {
        let mut line = String::new();
        for (at, column) in columns.iter().enumerate() {
            let cell = column.get(row).copied().unwrap_or_default();
            line.push_str(cell);
            if columns[at + 1..].iter().any(|column| column.len() > row) {
                line.push_str(&" ".repeat((width + GAP).saturating_sub(display_width(cell))));
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    if height > 0 { writeln!(out) } else { Ok(()) }
}

/// A side's name, and its id where that is another word.
pub fn heading(id: &str, name: &str, style: Style) -> io::Result<String> {
    let id = if id == name { String::new() } else { format!(" ({})", shown(id)) };
    wrapped(&paint(&format!("{}{id}", shown(name)), Part::Heading, style), "", style)
}

/// How much there is of a side; of what was sampled, where words were looked for.
pub fn how_much(sampled: &Sampled, kind: Option<Kind>, is_scored: bool, style: Style) -> io::Result<String> {
    let kind = kind.map_or("unit", |kind| kind.as_str());
    let text = match (is_scored, sampled.share) {
        (true, Some(share)) => {
            let of =
                format!("{} of {} {kind}s: {}", grouped(sampled.found), grouped(sampled.units), percent(share.share));
            format!("{of} ({}, n eff.{NO_BREAK}{:.0})", interval(share.low, share.high), share.effective)
        }
        _ => format!("{} {kind}s", grouped(sampled.units)),
    };
    // A number stays with its unit.
    wrapped(&text.replace(" %", &format!("{NO_BREAK}%")), "  ", style)
}
