//! Sides beside one another as a table, and what each prefers.

use std::io::{self, Write};

use super::{escaped, escaped_item, linked, origin, write_lines, write_terms};
use crate::insight::SideResponse;
use crate::render::CompareAnswer;
use crate::render::grid::{interval, languages, percent};
use crate::render::numbers::grouped;

pub fn write(answer: &CompareAnswer, out: &mut dyn Write) -> io::Result<()> {
    let sides = &answer.response.sides;
    if !sides.is_empty() {
        let row = |name: &str, cell: &dyn Fn(&SideResponse) -> String| {
            std::iter::once(name.to_owned()).chain(sides.iter().map(cell)).collect::<Vec<_>>()
        };
        let kind = answer.response.kind.map_or("unit", |kind| kind.as_str());
        let mut rows = vec![row("", &|side| side.name.clone())];
        if answer.request.selection.is_scored() {
            rows.push(row(&format!("{kind}s found"), &|side| grouped(side.sampled.found)));
        }
        rows.push(row("sampled", &|side| grouped(side.sampled.units)));
        if answer.request.selection.is_scored() {
            rows.push(row("share (95 %)", &|side| {
                side.sampled
                    .share
                    .map_or_else(String::new, |s| format!("{} ({})", percent(s.share), interval(s.low, s.high)))
            }));
        }
        rows.push(row("languages", &|side| languages(&side.sampled)));
        rows.push(row("days", &|side| {
            side.days.map_or_else(String::new, |(first, last)| format!("{first} to {last}"))
        }));
        rows.push(row("outlets", &|side| {
            side.sources.iter().map(|(name, n)| format!("{name} {}", grouped(*n))).collect::<Vec<_>>().join(", ")
        }));
        write_lines(rows.into_iter(), |_| false, out)?;
    }
    for side in sides {
        write_side(side, out)?;
    }
    for note in answer.distance().into_iter().chain(answer.caveats()) {
        writeln!(out, "\n{}", escaped_item(&note))?;
    }
    Ok(())
}

fn write_side(side: &SideResponse, out: &mut dyn Write) -> io::Result<()> {
    if side.terms.is_empty() && side.bullets.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}\n", escaped(&side.name))?;
    if !side.terms.is_empty() {
        write_terms("words it prefers", ["here", "others"], &side.terms, out)?;
        writeln!(out)?;
    }
    for unit in &side.bullets {
        writeln!(out, "- {} — {}", linked(unit), origin(unit))?;
    }
    Ok(())
}
