//! Counts as a table: a line a value, or a column for each value of the second field.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::paint::{Part, lines, paint};
use super::query::{nothing, write_spellings};
use crate::insight::{Named, Row, Sampled, Share};
use crate::render::numbers::{counted, grouped};
use crate::render::{CountAnswer, Style, shown};

/// The longest bar, in characters.
const BAR: usize = 30;

/// Between columns.
pub const GAP: &str = "  ";

/// What stands where nothing could be counted.
pub const EMPTY: &str = "–";

pub fn write(answer: &CountAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    let fields: Vec<&str> = answer.request.by.iter().map(|by| by.as_str()).collect();
    if !response.rows.is_empty() {
        match fields[..] {
            [] => {}
            [field] => write_list(answer, field, style, out)?,
            _ => super::cross::write(answer, style, out)?,
        }
    }
    write_spellings(&response.spellings, style, out)?;
    if response.total_units == 0 {
        nothing(response.suggestions.as_ref(), style, out)?;
    } else {
        write_total(answer, style, out)?;
    }
    for caveat in answer.caveats() {
        lines(&paint(&caveat, Part::Aside, style), "", "", None, style, out)?;
    }
    Ok(())
}

fn write_total(answer: &CountAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    let mut total = counted(response.total_units, "unit");
    if let Some(sampled) = &response.sampled {
        total += &format!(" of {} sampled: {}", grouped(sampled.units), share(sampled));
    }
    if let Some(left_out) = answer.left_out() {
        total += &format!("; {left_out}");
    }
    lines(&paint(&total, Part::Aside, style), "", "", None, style, out)
}

fn write_list(answer: &CountAnswer, field: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows = &answer.response.rows;
    let mut header = vec![field.to_owned(), "units".to_owned()];
    if answer.request.share {
        header.extend(["sampled", "share", "95 % interval", "effective n"].map(str::to_owned));
    }
    let several = answer.response.sampled.as_ref().is_some_and(|sampled| sampled.langs.len() > 1);
    if several {
        header.push("languages".to_owned());
    }
    let cells = rows.iter().map(|row| {
        let mut cells = vec![label(&row.values[0]), count(row)];
        if let Some(sampled) = &row.sampled {
            cells.extend(share_cells(sampled));
            cells.extend(several.then(|| languages(sampled)));
        }
        cells
    });
    let mut table = vec![header];
    table.extend(cells);
    let longest = rows.iter().filter_map(measure).fold(0.0, f64::max);
    let bars = style.bars && longest > 0.0;
    let widths = widths(&table);
    let taken: usize = widths.iter().sum::<usize>() + widths.len() * GAP.len();
    let room = style.width.saturating_sub(taken).min(BAR);
    for (i, cells) in table.iter().enumerate() {
        let mut line = aligned(cells, &widths);
        if i == 0 {
            line = paint(&line, Part::Heading, style);
        } else if bars {
            let bar = bar(measure(&rows[i - 1]).unwrap_or_default() / longest, room);
            line += &format!("{GAP}{}", paint(&bar, Part::Id, style));
        }
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

/// What a bar stands for: the share where there is one, else the count.
fn measure(row: &Row) -> Option<f64> {
    match &row.sampled {
        Some(sampled) => sampled.share.map(|share| share.share),
        None => row.count.map(|count| count as f64),
    }
}

/// A bar of a part of the room, to an eighth of a character.
fn bar(part: f64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part * (room * 8) as f64).round() as usize;
    // Something is more than nothing.
    let eighths = if part > 0.0 && room > 0 { eighths.max(1) } else { eighths };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// A value, with its id where that is another word than its name.
pub fn label(value: &Named) -> String {
    match value {
        None => "(none)".to_owned(),
        Some((value, name)) if value.to_lowercase() == name.to_lowercase() => shown(name),
        Some((value, name)) => format!("{} ({})", shown(name), shown(value)),
    }
}

/// A row's count.
pub fn count(row: &Row) -> String {
    row.count.map_or_else(|| EMPTY.to_owned(), grouped)
}

fn share_cells(sampled: &Sampled) -> [String; 4] {
    let Some(Share { share, low, high, effective }) = sampled.share else {
        return [grouped(sampled.units), EMPTY.to_owned(), String::new(), String::new()];
    };
    [
        grouped(sampled.units),
        percent(share),
        format!("{} to {}", percent(low), percent(high)),
        format!("{effective:.0}"),
    ]
}

/// The languages of a sample, the most frequent first.
fn languages(sampled: &Sampled) -> String {
    let mut langs: Vec<(&Option<String>, usize)> = sampled.langs.iter().map(|(lang, (_, n))| (lang, *n)).collect();
    langs.sort_by_key(|(_, units)| std::cmp::Reverse(*units));
    let part = |(lang, units): &(&Option<String>, usize)| {
        let lang = lang.as_deref().map_or_else(|| "unknown".to_owned(), shown);
        format!("{lang} {:.0} %", *units as f64 / sampled.units as f64 * 100.0)
    };
    langs.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// A share with its interval, in a sentence.
pub fn share(sampled: &Sampled) -> String {
    match sampled.share {
        None => EMPTY.to_owned(),
        Some(share) => format!(
            "{} ({} to {}, effective n {:.0})",
            percent(share.share),
            percent(share.low),
            percent(share.high),
            share.effective
        ),
    }
}

/// A share in hundredths.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// How wide each column must be.
pub fn widths(table: &[Vec<String>]) -> Vec<usize> {
    let columns = table.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell)).max();
    (0..columns).map(|column| width(column).unwrap_or_default()).collect()
}

/// A line of cells: the first begins where those of other lines do, the others are numbers and end there.
pub fn aligned(cells: &[String], widths: &[usize]) -> String {
    let cell = |(i, cell): (usize, &String)| {
        let pad = " ".repeat(widths[i].saturating_sub(display_width(cell)));
        if i > 0 { format!("{pad}{cell}") } else { format!("{cell}{pad}") }
    };
    cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(GAP)
}
