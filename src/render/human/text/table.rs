//! Tables as text: in blocks of as many columns as fit, with bars where they fit.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::line::painted;
use super::paint::{Look, lines, paint};
use crate::render::Style;
use crate::render::human::blocks::{Align, Line, Role, Span, Table, Tally, TallyRow};
use crate::render::numbers::{counted, grouped};

/// The longest bar, in characters.
const BAR: usize = 30;
/// The shortest useful bar, in characters.
const MIN_BAR: usize = 8;

/// The gap between columns.
const GAP: &str = "  ";

/// Writes a table, and an empty line below each block of columns.
pub fn write(table: &Table<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let plain = Style { color: false, ..style };
    let cells = |row: &[Line<'_>]| row.iter().map(|cell| painted(cell, plain)).collect::<Vec<_>>();
    let header: Vec<String> = table.columns.iter().map(|column| painted(&column.name, plain)).collect();
    let aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| cells(row)).collect();
    let widths = widths(std::iter::once(&header).chain(&rows), header.len());
    for columns in blocks(&widths, style.width) {
        let taken = columns.iter().map(|&column| widths[column] + GAP.len()).sum::<usize>();
        let room = style.width.saturating_sub(taken).min(BAR);
        // Bars follow the counts; short ones are useless.
        let has_bars = style.bars && room >= MIN_BAR && columns.contains(&1);
        let line = aligned(&header, &columns, &widths, &aligns);
        writeln!(out, "{}", paint(&line, Look::Heading, style).trim_end())?;
        for (at, cells) in rows.iter().enumerate() {
            let line = aligned(cells, &columns, &widths, &aligns);
            let bar = table.bars.get(at).filter(|_| has_bars);
            let bar =
                bar.map_or_else(String::new, |part| format!("{GAP}{}", paint(&bar_of(*part, room), Look::Id, style)));
            writeln!(out, "{}", (line + &bar).trim_end())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Returns a bar for a part of the width, to an eighth of a character.
fn bar_of(part: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part * (room * 8) as f64).round() as usize;
    // Any part above zero is visible.
    let eighths = if part > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Returns the width of each column.
fn widths<'r>(rows: impl Iterator<Item = &'r Vec<String>>, columns: usize) -> Vec<usize> {
    rows.fold(vec![0; columns], |widths, row| {
        let wider =
            |(column, width): (usize, usize)| row.get(column).map_or(width, |cell| width.max(display_width(cell)));
        widths.into_iter().enumerate().map(wider).collect()
    })
}

/// Returns some cells of a line, padded to their columns.
fn aligned(cells: &[String], columns: &[usize], widths: &[usize], aligns: &[Align]) -> String {
    let cell = |&column: &usize| {
        let cell = cells.get(column).map_or("", String::as_str);
        let pad = " ".repeat(widths[column].saturating_sub(display_width(cell)));
        match aligns[column] {
            Align::Number => format!("{pad}{cell}"),
            Align::Text => format!("{cell}{pad}"),
        }
    };
    columns.iter().map(cell).collect::<Vec<_>>().join(GAP)
}

/// Returns blocks of columns that fit, each with the first column in front.
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

/// Writes values with their counts before them, and an empty line below.
pub fn write_tally(tally: &Tally<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let heading = Span::new(Role::Strong, format!("by {}", tally.field)).into();
    let legend = tally.counts.iter().filter(|_| tally.brief_counts > 1).map(|count| Line::from(*count));
    let heading = Line::dotted([heading, Line::dotted(legend).set_back()]);
    lines(&painted(&heading, style), "", "  ", None, style, out)?;
    let counted_rows = tally.brief_rows + tally.rest.map_or(0, |(_, values)| values);
    let width = |at: usize| {
        tally.rows.iter().take(counted_rows).map(|row| grouped(row.counts[at]).len()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..tally.brief_counts).map(width).collect();
    for TallyRow { counts, name, id } in tally.rows.iter().take(tally.brief_rows) {
        let counts = counts.iter().zip(&widths).map(|(count, &width)| format!("{:>width$}", grouped(*count)));
        let first = format!("{GAP}{}{GAP}", counts.collect::<Vec<_>>().join(GAP));
        let id = id.iter().flat_map(|id| [Span::new(Role::Bare, GAP), Span::new(Role::Id, *id)]);
        let value = Line(std::iter::once(Span::new(Role::Plain, *name)).chain(id).collect());
        lines(&painted(&value, style), &first, &" ".repeat(first.len()), None, style, out)?;
    }
    if let Some((count, values)) = tally.rest {
        let width = widths.first().copied().unwrap_or_default();
        writeln!(out, "{GAP}{:>width$}{GAP}in {}", grouped(count), counted(values, "more value"))?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::human::blocks::Header;

    #[test]
    fn all_columns_are_in_some_block() {
        assert_eq!(blocks(&[4, 3, 3, 3], 80), [[0, 1, 2, 3]]);
        assert_eq!(blocks(&[4, 3, 3, 3], 14), [vec![0, 1, 2], vec![0, 3]]);
        assert_eq!(blocks(&[9, 9, 9], 5), [[0, 1], [0, 2]], "a column that does not fit is in a block of its own");
    }

    #[test]
    fn bars_are_as_long_as_their_part() {
        let length = |part, room| bar_of(part, room).chars().count();
        assert_eq!((length(1.0, 30), length(0.5, 30), length(0.0, 30)), (30, 15, 0));
        assert_eq!(bar_of(0.0001, 30), "▏");
        assert_eq!(bar_of(0.55, 10), "█████▌");
    }

    fn written(rows: Vec<Vec<Line<'static>>>, bars: Vec<f64>) -> String {
        let columns = vec![Header::text("name"), Header::number("n")];
        let table = Table { caption: String::new(), columns, rows, bars };
        let style = Style { bars: true, ..Style::plain(22, crate::diagnostic::plain) };
        let mut out = Vec::new();
        write(&table, style, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let rows = vec![vec!["新华网".into(), "1".into()], vec!["a\u{1b}".into(), "10".into()]];
        assert_eq!(written(rows, Vec::new()), "name     n\n新华网   1\na␛      10\n\n");
    }

    #[test]
    fn bars_are_behind_the_numbers() {
        let rows = vec![vec!["a".into(), "2".into()], vec!["b".into(), "1".into()]];
        assert_eq!(written(rows, vec![1.0, 0.5]), "name  n\na     2  █████████████\nb     1  ██████▌\n\n");
    }

    #[test]
    fn an_empty_table_is_its_header() {
        assert_eq!(written(Vec::new(), Vec::new()), "name  n\n\n");
    }
}
