//! Sides beside one another, each in a column.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::paint::{Part, lines, paint};
use super::query::{nothing, write_spellings};
use crate::insight::{SideResponse, Term};
use crate::query::Unit;
use crate::render::grid::{interval, languages, percent};
use crate::render::numbers::{grouped, small};
use crate::render::{CompareAnswer, Style, shown};

/// Narrower columns can't be read; then sides stand below one another.
const MIN_COLUMN: usize = 36;

/// In a file, and on a very wide terminal, columns are no wider than what can be read.
const MAX_WIDTH: usize = 120;

/// Between columns.
const GAP: usize = 3;

pub fn write(answer: &CompareAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    write_spellings(&response.spellings, style, out)?;
    if response.total_units == 0 {
        return nothing(response.suggestions.as_ref(), style, out);
    }
    let style = Style { width: style.width.min(MAX_WIDTH), ..style };
    let fit = ((style.width + GAP) / (MIN_COLUMN + GAP)).clamp(1, response.sides.len().max(1));
    let column = Style { width: (style.width + GAP) / fit - GAP, ..style };
    for sides in response.sides.chunks(fit) {
        for section in [sampled, terms, bullets] {
            let columns = sides.iter().map(|side| section(answer, side, column)).collect::<io::Result<Vec<_>>>()?;
            beside(&columns, column.width, out)?;
        }
    }
    if let Some(distance) = answer.distance() {
        lines(&paint(&shown(&distance), Part::Aside, style), "", "", None, style, out)?;
    }
    for caveat in answer.caveats() {
        lines(&paint(&shown(&caveat), Part::Aside, style), "", "", None, style, out)?;
    }
    Ok(())
}

/// Writes columns beside one another, and an empty line below.
fn beside(columns: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
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

/// How much there is of a side, when, and from which outlets.
fn sampled(answer: &CompareAnswer, side: &SideResponse, style: Style) -> io::Result<String> {
    let id = if side.id == side.name { String::new() } else { format!(" ({})", shown(&side.id)) };
    let heading = wrapped(&paint(&format!("{}{id}", shown(&side.name)), Part::Heading, style), "", style)?;
    let sampled = &side.sampled;
    let kind = answer.response.kind.map_or("unit", |kind| kind.as_str());
    let mut text = match (answer.request.selection.is_scored(), sampled.share) {
        (true, Some(share)) => {
            let of =
                format!("{} of {} {kind}s: {}", grouped(sampled.found), grouped(sampled.units), percent(share.share));
            format!("{of} ({}, n eff. {:.0})", interval(share.low, share.high), share.effective)
        }
        _ => format!("{} {kind}s", grouped(sampled.units)),
    };
    text = heading + &wrapped(&text, "  ", style)?;
    text += &wrapped(&languages(sampled), "  ", style)?;
    if let Some((first, last)) = side.days {
        text += &wrapped(&format!("{first} to {last}"), "  ", style)?;
    }
    let outlets: Vec<String> =
        side.sources.iter().map(|(name, n)| format!("{} {}", shown(name), grouped(*n))).collect();
    text += &wrapped(&outlets.join(", "), "  ", style)?;
    Ok(text)
}

fn terms(answer: &CompareAnswer, side: &SideResponse, style: Style) -> io::Result<String> {
    if answer.response.texts.is_none() {
        return Ok(String::new());
    }
    let mut text = wrapped(&paint("words it prefers", Part::Heading, style), "", style)?;
    for term in &side.terms {
        text += &term_lines(term, style)?;
    }
    let rest = match side.more_terms {
        0 if side.terms.is_empty() => "none that chance would not give".to_owned(),
        0 => return Ok(text),
        n => format!("{} more", grouped(n)),
    };
    text += &wrapped(&paint(&rest, Part::Aside, style), "  ", style)?;
    Ok(text)
}

fn term_lines(term: &Term, style: Style) -> io::Result<String> {
    let q = term.q.map_or_else(String::new, |q| format!(" · q {}", small(q)));
    let numbers = format!("{}:{} · z {:.1}{q}", grouped(term.here), grouped(term.there), term.z);
    let line = format!("{}  {}", paint(&shown(&term.term), Part::Mark, style), paint(&numbers, Part::Aside, style));
    let mut text = wrapped(&line, "  ", style)?;
    text += &wrapped(&paint(&example(&term.example), Part::Aside, style), "    ", style)?;
    if let Some(outlet) = &term.outlet {
        let rests = format!("! rests on {}", shown(outlet));
        text += &wrapped(&paint(&rests, Part::Aside, style), "    ", style)?;
    }
    Ok(text)
}

fn bullets(_: &CompareAnswer, side: &SideResponse, style: Style) -> io::Result<String> {
    if side.bullets.is_empty() {
        return Ok(String::new());
    }
    let mut text = wrapped(&paint("points", Part::Heading, style), "", style)?;
    for unit in &side.bullets {
        text += &wrapped(&shown(&unit.text), "  ", style)?;
        text += &wrapped(&paint(&shown(&unit.id), Part::Id, style), "    ", style)?;
    }
    Ok(text)
}

fn example(unit: &Unit) -> String {
    let source = unit.source.as_deref().map_or_else(String::new, |source| format!(" ({})", shown(source)));
    format!("{}{source}", shown(&unit.text))
}

fn wrapped(text: &str, indent: &str, style: Style) -> io::Result<String> {
    let mut out = Vec::new();
    if !text.is_empty() {
        lines(text, indent, indent, None, style, &mut out)?;
    }
    String::from_utf8(out).map_err(io::Error::other)
}
