//! Counts as a table, with bars where there is room for them.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::paint::{Part, notes, paint};
use super::query::{nothing, write_spellings};
use crate::insight::Row;
use crate::render::human::grid::{grid, total};
use crate::render::{CountAnswer, Style};

/// The longest bar, in characters, and the shortest that says anything.
const BAR: usize = 30;
const MIN_BAR: usize = 8;

/// Between columns.
const GAP: &str = "  ";

pub fn write(answer: &CountAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    let grid = grid(answer);
    if grid.len() > 1 {
        write_grid(&grid, &bars(answer), style, out)?;
    }
    write_spellings(&response.spellings, style, out)?;
    if response.total_units == 0 {
        nothing(response.suggestions.as_ref(), style, out)?;
    } else {
        notes([total(answer)], style, out)?;
    }
    notes(style.caveats(answer.caveats()), style, out)
}

/// How long each line's bar is, of the longest: only a list of counts or shares has bars.
fn bars(answer: &CountAnswer) -> Vec<f64> {
    let measure = |row: &Row| match &row.sampled {
        Some(sampled) => sampled.share.map_or(0.0, |share| share.share),
        None => row.count.unwrap_or_default() as f64,
    };
    let lengths: Vec<f64> = answer.response.rows.iter().map(measure).collect();
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    match answer.response.values.len() {
        1 if longest > 0.0 => lengths.into_iter().map(|length| length / longest).collect(),
        _ => Vec::new(),
    }
}

fn write_grid(grid: &[Vec<String>], bars: &[f64], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let widths = widths(grid);
    for columns in blocks(&widths, style.width) {
        let taken = columns.iter().map(|&column| widths[column] + GAP.len()).sum::<usize>();
        let room = style.width.saturating_sub(taken).min(BAR);
        // A bar belongs to the counts, and short ones say nothing.
        let has_bars = style.bars && room >= MIN_BAR && columns.contains(&1);
        for (i, cells) in grid.iter().enumerate() {
            let line = aligned(cells, &columns, &widths);
            let bar = i.checked_sub(1).and_then(|row| bars.get(row)).filter(|_| has_bars);
            let bar =
                bar.map_or_else(String::new, |part| format!("{GAP}{}", paint(&bar_of(*part, room), Part::Id, style)));
            let line = if i == 0 { paint(&line, Part::Heading, style) } else { line + &bar };
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A bar of a part of the room, to an eighth of a character.
fn bar_of(part: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part * (room * 8) as f64).round() as usize;
    // Something is more than nothing.
    let eighths = if part > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// How wide each column is.
fn widths(grid: &[Vec<String>]) -> Vec<usize> {
    let columns = grid.first().map_or(0, Vec::len);
    let width = |column: usize| grid.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell)).max();
    (0..columns).map(|column| width(column).unwrap_or_default()).collect()
}

/// Some cells of a line: the first begins where those of other lines do, the others are numbers and end there.
fn aligned(cells: &[String], columns: &[usize], widths: &[usize]) -> String {
    let cell = |&column: &usize| {
        let pad = " ".repeat(widths[column].saturating_sub(display_width(&cells[column])));
        if column > 0 { format!("{pad}{}", cells[column]) } else { format!("{}{pad}", cells[column]) }
    };
    columns.iter().map(cell).collect::<Vec<_>>().join(GAP)
}

/// The columns that fit beside one another, the first of all in front of each block.
fn blocks(widths: &[usize], room: usize) -> Vec<Vec<usize>> {
    let first = widths.first().copied().unwrap_or_default();
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    let mut taken = room;
    for (column, width) in widths.iter().enumerate().skip(1) {
        taken = taken.saturating_add(GAP.len() + width);
        if taken > room {
            blocks.push(vec![0]);
            taken = first + GAP.len() + width;
        }
        blocks.last_mut().into_iter().for_each(|block| block.push(column));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_is_left_out() {
        assert_eq!(blocks(&[4, 3, 3, 3], 80), [[0, 1, 2, 3]]);
        assert_eq!(blocks(&[4, 3, 3, 3], 14), [vec![0, 1, 2], vec![0, 3]]);
        assert_eq!(blocks(&[9, 9, 9], 5), [[0, 1], [0, 2]], "what does not fit at all stands alone");
    }

    #[test]
    fn bars_are_as_long_as_their_part() {
        let length = |part, room| bar_of(part, room).chars().count();
        assert_eq!((length(1.0, 30), length(0.5, 30), length(0.0, 30)), (30, 15, 0));
        assert_eq!(bar_of(0.0001, 30), "▏");
        assert_eq!(bar_of(0.55, 10), "█████▌");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let grid = [vec!["新华网".to_owned(), "1".to_owned()], vec!["a".to_owned(), "10".to_owned()]];
        let widths = widths(&grid);
        assert_eq!(grid.map(|cells| aligned(&cells, &[0, 1], &widths)), ["新华网   1", "a       10"]);
    }
}
