//! Counts by two fields: a line for each value of the first, a column for each of the second.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::count::{EMPTY, GAP, aligned, count, label, percent, widths};
use super::paint::{Part, paint};
use crate::insight::{Named, Row};
use crate::render::numbers::grouped;
use crate::render::{CountAnswer, Style};

pub fn write(answer: &CountAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let [lines, columns] = &answer.response.values[..] else { return Ok(()) };
    let rows: BTreeMap<[&Named; 2], &Row> =
        answer.response.rows.iter().map(|row| ([&row.values[0], &row.values[1]], row)).collect();
    let by = &answer.request.by;
    // Where no unit has both values.
    let nothing = if answer.request.share { EMPTY } else { "0" };
    let mut header = vec![format!("{} / {}", by[0].as_str(), by[1].as_str())];
    header.extend(columns.iter().map(label));
    let mut table = vec![header];
    for line in lines {
        let mut cells = vec![label(line)];
        cells.extend(
            columns.iter().map(|column| rows.get(&[line, column]).map_or_else(|| nothing.to_owned(), |row| cell(row))),
        );
        table.push(cells);
    }
    let widths = widths(&table);
    for columns in blocks(&widths, style.width) {
        let part = |row: &[String]| columns.iter().map(|&column| row[column].clone()).collect::<Vec<_>>();
        let widths: Vec<usize> = columns.iter().map(|&column| widths[column]).collect();
        for (i, row) in table.iter().enumerate() {
            let line = aligned(&part(row), &widths);
            writeln!(out, "{}", if i == 0 { paint(&line, Part::Heading, style) } else { line })?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A count, or a share and of how many.
fn cell(row: &Row) -> String {
    match row.sampled.as_ref().map(|sampled| (sampled.units, sampled.share)) {
        Some((units, Some(share))) => format!("{} of {}", percent(share.share), grouped(units)),
        Some((_, None)) => EMPTY.to_owned(),
        None => count(row),
    }
}

/// The columns that fit beside one another, the first of all in front of each block.
fn blocks(widths: &[usize], room: usize) -> Vec<Vec<usize>> {
    let first = widths.first().copied().unwrap_or_default();
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    let mut taken = room;
    for (column, width) in widths.iter().enumerate().skip(1) {
        taken += GAP.len() + width;
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
    use super::blocks;

    #[test]
    fn no_column_is_left_out() {
        assert_eq!(blocks(&[4, 3, 3, 3], 80), [[0, 1, 2, 3]]);
        assert_eq!(blocks(&[4, 3, 3, 3], 14), [vec![0, 1, 2], vec![0, 3]]);
        assert_eq!(blocks(&[9, 9, 9], 5), [[0, 1], [0, 2]], "what does not fit at all stands alone");
    }
}
