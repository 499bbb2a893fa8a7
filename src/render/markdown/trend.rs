//! Spans of time as lines of a table, with a column a side, and what was found of each.

use std::io::{self, Write};

use super::{escaped, escaped_item, write_lines, write_terms};
use crate::insight::Sampled;
use crate::render::TrendAnswer;
use crate::render::grid::{EMPTY, interval, languages, percent};
use crate::render::numbers::grouped;

pub fn write(answer: &TrendAnswer, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    if !response.sides.is_empty() {
        let sides = || response.sides.iter();
        let header =
            std::iter::once(answer.request.by.as_str().to_owned()).chain(sides().map(|side| side.name.clone()));
        let line = |at: usize| {
            let cell = |point: &Option<Sampled>| point.as_ref().map_or_else(|| EMPTY.to_owned(), |p| cell(answer, p));
            std::iter::once(response.spans[at].clone()).chain(sides().map(|side| cell(&side.points[at]))).collect()
        };
        let all = std::iter::once("all".to_owned()).chain(sides().map(|side| cell(answer, &side.all)));
        let languages = std::iter::once("languages".to_owned()).chain(sides().map(|side| languages(&side.all)));
        let rows = (0..response.spans.len()).map(line).chain([all.collect(), languages.collect()]);
        write_lines(std::iter::once(header.collect()).chain(rows), |column| column > 0, out)?;
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
    for caveat in answer.caveats() {
        writeln!(out, "\n{}", escaped_item(&caveat))?;
    }
    Ok(())
}

fn cell(answer: &TrendAnswer, point: &Sampled) -> String {
    match point.share.filter(|_| answer.request.selection.is_scored()) {
        Some(s) => {
            let found = format!("{} of {}", grouped(point.found), grouped(point.units));
            format!("{} ({}), {found}", percent(s.share), interval(s.low, s.high))
        }
        None => grouped(point.units),
    }
}
