//! How sides differ, each in a column.

use std::io::{self, Write};

use super::beside::{Section, beside, heading, how_much};
use super::paint::{Part, notes, paint};
use super::query::{nothing, write_spellings};
use super::term::{term_lines, wrapped};
use crate::insight::SideResponse;
use crate::render::human::grid::languages;
use crate::render::numbers::grouped;
use crate::render::{CompareAnswer, Style, shown};

pub fn write(answer: &CompareAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    write_spellings(&response.spellings, style, out)?;
    if response.total_units == 0 {
        notes(style.caveats(answer.request.selection.notes.clone()), style, out)?;
        return nothing(response.suggestions.as_ref(), style, out);
    }
    let sections: [Section<'_, SideResponse>; 3] =
        [&|side, style| sampled(answer, side, style), &|side, style| terms(answer, side, style), &|side, style| {
            bullets(answer, side, style)
        }];
    beside(&response.sides, &sections, style, out)?;
    notes(answer.distance().into_iter().chain(style.caveats(answer.caveats())), style, out)
}

/// How much there is of a side, when, and from which outlets.
fn sampled(answer: &CompareAnswer, side: &SideResponse, style: Style) -> io::Result<String> {
    let mut text = heading(&side.id, &side.name, style)?;
    text += &how_much(&side.sampled, answer.response.kind, answer.request.selection.is_scored(), style)?;
    text += &wrapped(&languages(&side.sampled), "  ", style)?;
    if let Some((first, last)) = side.days {
        text += &wrapped(&format!("{first} to {last}"), "  ", style)?;
    }
    let outlets: Vec<String> =
        side.sources.iter().map(|(name, n)| format!("{} {}", shown(name), grouped(*n))).collect();
    text += &wrapped(&outlets.join(", "), "  ", style)?;
    Ok(text)
}

fn terms(answer: &CompareAnswer, side: &SideResponse, style: Style) -> io::Result<String> {
    let Some(texts) = &answer.response.texts else { return Ok(String::new()) };
    let mut text = wrapped(&paint("words it prefers", Part::Heading, style), "", style)?;
    for term in &side.terms {
        text += &term_lines(term, style)?;
    }
    let rest = match side.more_terms {
        0 if side.terms.is_empty() && !texts.enough => "none that stands out".to_owned(),
        0 if side.terms.is_empty() => "none that chance would not give".to_owned(),
        0 => return Ok(text),
        n => format!("{} more", grouped(n)),
    };
    text += &wrapped(&paint(&rest, Part::Aside, style), "  ", style)?;
    Ok(text)
}

fn bullets(answer: &CompareAnswer, side: &SideResponse, style: Style) -> io::Result<String> {
    if side.bullets.is_empty() {
        return Ok(String::new());
    }
    let mut text = wrapped(&paint(answer.points(side), Part::Heading, style), "", style)?;
    for unit in &side.bullets {
        text += &wrapped(&shown(&unit.text), "  ", style)?;
        text += &wrapped(&paint(&shown(&unit.id), Part::Id, style), "    ", style)?;
    }
    Ok(text)
}
