//! Sides beside one another as a table, and what each prefers.

use std::io::{self, Write};

use super::{escaped, linked, origin, write_lines, write_terms};
use crate::insight::SideResponse;
use crate::render::CompareAnswer;
use crate::render::human::grid;

pub fn write(answer: &CompareAnswer, out: &mut dyn Write) -> io::Result<()> {
    let sides = &answer.response.sides;
    if !sides.is_empty() {
        write_lines(grid::sides(answer).into_iter(), |_| false, out)?;
    }
    for side in sides {
        write_side(answer, side, out)?;
    }
    Ok(())
}

fn write_side(answer: &CompareAnswer, side: &SideResponse, out: &mut dyn Write) -> io::Result<()> {
    if side.terms.is_empty() && side.bullets.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {}\n", escaped(&side.name))?;
    if !side.terms.is_empty() {
        write_terms("words it prefers", ["here", "others"], &side.terms, out)?;
        writeln!(out)?;
    }
    if !side.bullets.is_empty() {
        writeln!(out, "{}:\n", answer.points(side))?;
    }
    for unit in &side.bullets {
        writeln!(out, "- {} — {}", linked(unit), origin(unit))?;
    }
    Ok(())
}
