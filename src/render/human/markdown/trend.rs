//! Spans of time as lines of a table, with a column a side, and what was found of each.

use std::io::{self, Write};

use super::{escaped, escaped_item, write_lines, write_terms};
use crate::render::TrendAnswer;
use crate::render::human::grid::spans;

pub fn write(answer: &TrendAnswer, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    if !response.sides.is_empty() {
        write_lines(spans(answer).into_iter(), |column| column > 0, out)?;
    }
    for side in &response.sides {
        let bursts: Vec<String> = answer.bursts(side).collect();
        if bursts.is_empty() && side.words.is_none() {
            continue;
        }
        writeln!(out, "\n### {}\n", escaped(&side.name))?;
        for burst in bursts {
            writeln!(out, "- {}", escaped_item(&burst))?;
        }
        if let Some(words) = &side.words {
            write_terms(&answer.said("more", words), ["then", "before"], &words.rising, out)?;
            writeln!(out)?;
            write_terms(&answer.said("less", words), ["before", "then"], &words.falling, out)?;
        }
    }
    Ok(())
}
