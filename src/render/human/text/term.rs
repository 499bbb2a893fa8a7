//! Terms that are told of, each with its numbers and a text that has it.

use std::io;

use super::paint::{Part, lines, paint};
use crate::insight::Term;
use crate::query::Unit;
use crate::render::numbers::{grouped, small};
use crate::render::{Style, shown};

/// A term's lines.
pub fn term_lines(term: &Term, style: Style) -> io::Result<String> {
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

fn example(unit: &Unit) -> String {
    let source = unit.source.as_deref().map_or_else(String::new, |source| format!(" ({})", shown(source)));
    format!("{}{source}", shown(&unit.text))
}

/// A text in lines that fit; none of nothing.
pub fn wrapped(text: &str, indent: &str, style: Style) -> io::Result<String> {
    let mut out = Vec::new();
    if !text.is_empty() {
        lines(text, indent, indent, None, style, &mut out)?;
    }
    String::from_utf8(out).map_err(io::Error::other)
}
