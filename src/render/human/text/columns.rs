//! Columns as text: side by side where they fit, with a sparkline, and a bar for each step.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::line::painted;
use super::paint::{Look, lines, paint};
use crate::insight::Share;
use crate::render::human::blocks::{Block, Column, Columns, Point, point_cells};
use crate::render::numbers::percent;
use crate::render::{Style, shown};

/// The least width of a column; where it does not fit, columns are written one below the other.
const MIN_COLUMN: usize = 36;

/// The greatest total width, in files and on very wide terminals.
const MAX_WIDTH: usize = 120;

/// The gap between columns.
const GAP: usize = 3;

/// The gap between cells.
const CELL_GAP: &str = "  ";

/// The shortest and the longest useful bar, in characters.
const BARS: std::ops::RangeInclusive<usize> = 8..=30;

/// Writes columns, with the same parts side by side, and a legend of the bars. `text` renders parts.
pub fn write(
    all: &Columns<'_>,
    text: fn(&[Block<'_>], Style) -> io::Result<String>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let scale = Scale::new(all);
    let whole = style;
    let width = style.width.min(MAX_WIDTH);
    let fit = ((width + GAP) / (MIN_COLUMN + GAP)).clamp(1, all.columns.len().max(1));
    // Without links, whose escapes would widen cells.
    let style = Style { links: false, width: (width + GAP) / fit - GAP, ..style };
    let mut has_bars = false;
    for columns in all.columns.chunks(fit) {
        let heads = columns.iter().map(|column| head(all, column, &scale, style)).collect::<io::Result<Vec<_>>>()?;
        write_columns(&heads, style.width, out)?;
        let steps: Vec<String> = columns.iter().map(|column| steps(all, column, &scale, style)).collect();
        has_bars |= steps.iter().any(|text| text.contains(['▓', '░']));
        write_columns(&steps, style.width, out)?;
        for part in 0..columns.iter().map(|column| column.parts.len()).max().unwrap_or_default() {
            let part = |column: &Column<'_>| column.parts.get(part).map_or(Ok(String::new()), |part| text(part, style));
            write_columns(&columns.iter().map(part).collect::<io::Result<Vec<_>>>()?, style.width, out)?;
        }
    }
    scale.legend(all, has_bars, whole, out)
}

/// The upper ends of the scales of shares.
struct Scale {
    /// The highest share.
    share: f64,
    /// The highest end of an interval.
    top: f64,
}

impl Scale {
    fn new(all: &Columns<'_>) -> Self {
        let points = || all.columns.iter().flat_map(|column| column.points.iter().flatten());
        let shares = || points().filter_map(|point| point.share);
        Self {
            share: shares().map(|share| share.share).fold(0.0, f64::max),
            top: shares().map(|share| share.interval.map_or(share.share, |ends| ends.high)).fold(0.0, f64::max),
        }
    }

    fn legend(&self, all: &Columns<'_>, has_bars: bool, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let sparkline = (all.has_shares && style.bars)
            .then(|| format!("▁ to █: shares from 0 to {}, · not sampled", percent(self.share)));
        let bars = has_bars.then(|| {
            let top = percent(self.top);
            format!(
                "bars from 0 to {top}: █ ends at the lower end of the 95% interval, ▓ at the share, ░ at the upper end"
            )
        });
        let legend = sparkline.into_iter().chain(bars);
        legend.into_iter().try_for_each(|line| lines(&paint(&line, Look::Aside, style), "", "  ", None, style, out))
    }
}

/// Writes texts side by side, and an empty line below.
fn write_columns(columns: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<Vec<&str>> = columns.iter().map(|column| column.lines().collect()).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or_default();
    for row in 0..height {
        let mut line = String::new();
        for (at, column) in columns.iter().enumerate() {
            let cell = column.get(row).copied().unwrap_or_default();
            line.push_str(cell);
            if columns[at + 1..].iter().any(|column| column.len() > row) {
                line.push_str(&" ".repeat((width + GAP).saturating_sub(display_width(cell))));
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    if height > 0 { writeln!(out) } else { Ok(()) }
}

/// Returns the name, the id if it differs, the facts, and a sparkline of all steps.
fn head(all: &Columns<'_>, column: &Column<'_>, scale: &Scale, style: Style) -> io::Result<String> {
    let mut out = Vec::new();
    let id = if column.id == column.name { String::new() } else { format!(" ({})", column.id) };
    let name = shown(&format!("{}{id}", column.name));
    lines(&paint(&name, Look::Heading, style), "", "", None, style, &mut out)?;
    for fact in column.facts.iter().filter(|fact| !fact.is_empty()) {
        lines(&painted(fact, style), "  ", "  ", None, style, &mut out)?;
    }
    if all.has_shares && style.bars && !column.points.is_empty() {
        let share = |point: &Option<Point>| point.as_ref().and_then(|point| point.share).map(|share| share.share);
        let shares: Vec<Option<f64>> = column.points.iter().map(share).collect();
        // The last ones, where not all fit.
        let room = style.width.saturating_sub(3);
        let (cut, shares) = match shares.len().checked_sub(room) {
            Some(more) if more > 1 => ("…", &shares[more..]),
            _ => ("", &shares[..]),
        };
        let line = format!("{cut}{}", sparkline(shares, scale.share));
        writeln!(out, "  {}", paint(&line, Look::Id, style))?;
    }
    String::from_utf8(out).map_err(io::Error::other)
}

/// Returns a character for each share, as high as its part of the highest; a dot for unsampled steps.
fn sparkline(shares: &[Option<f64>], highest: f64) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = highest.max(f64::MIN_POSITIVE);
    // The lowest character is for zero only.
    let height = |share: f64| HEIGHTS[(share / highest * (HEIGHTS.len() - 1) as f64).ceil() as usize];
    shares.iter().map(|share| share.map_or('·', height)).collect()
}

/// Returns a line for each step, with aligned cells, and a bar where it fits.
fn steps(all: &Columns<'_>, column: &Column<'_>, scale: &Scale, style: Style) -> String {
    let row = |(name, point): (&String, &Option<Point>)| {
        let burst = if point.as_ref().is_some_and(|point| point.is_burst) { "*" } else { "" };
        let name = format!("{}{burst}", shown(name));
        std::iter::once(name).chain(point_cells(point.as_ref(), all.has_shares)).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = all.steps.iter().zip(&column.points).map(row).collect();
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell)).max();
    let widths: Vec<usize> = (0..).map_while(width).collect();
    // The cells, an indent and a gap each.
    let taken = widths.iter().map(|width| width + CELL_GAP.len()).sum::<usize>() + CELL_GAP.len();
    let room = style.width.saturating_sub(taken).min(*BARS.end());
    let mut text = String::new();
    for (row, point) in rows.iter().zip(&column.points) {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| {
            let pad = " ".repeat(width - display_width(cell));
            if at == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        text += &format!("  {}", cells.collect::<Vec<_>>().join(CELL_GAP));
        let share = point.as_ref().and_then(|point| point.share).filter(|_| all.has_shares && style.bars);
        if let Some(share) = share.filter(|_| room >= *BARS.start()) {
            text += &format!("{CELL_GAP}{}", paint(&bar(share, scale.top, room), Look::Id, style));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

/// Returns a bar: dark to the lower end of the interval, light from the share to the upper end; without an interval, medium.
fn bar(share: Share, top: f64, room: usize) -> String {
    let at = |share: f64| (share / top * room as f64).round() as usize;
    let (low, high) = share.interval.map_or((0.0, share.share), |ends| (ends.low, ends.high));
    let [low, middle, high] = [low, share.share, high].map(at);
    "█".repeat(low) + &"▓".repeat(middle.saturating_sub(low)) + &"░".repeat(high.saturating_sub(middle))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::Interval;
    use crate::render::human::text::blocks::text;

    #[test]
    fn unsampled_steps_are_not_zero() {
        assert_eq!(sparkline(&[Some(0.0), None, Some(0.01), Some(0.5), Some(1.0)], 1.0), "▁·▂▅█");
        assert_eq!(sparkline(&[Some(0.0), Some(0.0)], 0.0), "▁▁");
    }

    #[test]
    fn bars_show_the_interval() {
        let interval = Some(Interval { low: 0.1, high: 0.4, effective: 20.0 });
        assert_eq!(bar(Share { share: 0.2, interval }, 0.4, 8), "██▓▓░░░░");
        assert_eq!(bar(Share { share: 0.2, interval: None }, 0.4, 8), "▓▓▓▓");
    }

    #[test]
    fn columns_are_side_by_side_where_they_fit() {
        let column = |name| Column {
            id: "x",
            name,
            facts: vec!["fact".into(), "".into()],
            points: Vec::new(),
            parts: vec![vec![Block::plain("part")]],
        };
        let all = Columns {
            caption: String::new(),
            by: "",
            steps: &[],
            facts: Vec::new(),
            has_shares: false,
            columns: vec![column("新\u{1b}"), column("x")],
        };
        let written = |width| {
            let style = Style::plain(width, crate::diagnostic::plain);
            let mut out = Vec::new();
            write(&all, text, style, &mut out).expect("written to memory");
            String::from_utf8(out).expect("UTF-8")
        };
        let pad = |text: &str| format!("{text}{}", " ".repeat(39 - display_width(text)));
        let wide = format!("{}x\n{}  fact\n\n{}part\n\n", pad("新␛ (x)"), pad("  fact"), pad("part"));
        assert_eq!(written(75), wide);
        assert_eq!(written(40), "新␛ (x)\n  fact\n\npart\n\nx\n  fact\n\npart\n\n");
    }
}
