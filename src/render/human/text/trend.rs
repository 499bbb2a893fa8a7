//! Sides over time, each in a column: a sparkline, and a line for each span with its share, interval and bar.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::beside::{Section, beside, heading, how_much};
use super::paint::{Part, notes, paint};
use super::query::{nothing, write_spellings};
use super::term::{term_lines, wrapped};
use crate::insight::{Sampled, Series, Share, Term};
use crate::render::human::grid::{EMPTY, interval, languages, percent};
use crate::render::numbers::grouped;
use crate::render::{Style, TrendAnswer, shown};

/// The shortest bar that says anything, and the longest, in characters.
const BARS: std::ops::RangeInclusive<usize> = 8..=30;

const GAP: &str = "  ";

pub fn write(answer: &TrendAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    write_spellings(&response.spellings, style, out)?;
    if response.total_units == 0 {
        notes(style.caveats(answer.request.selection.notes.clone()), style, out)?;
        return nothing(response.suggestions.as_ref(), style, out);
    }
    let shares = || response.sides.iter().flat_map(|side| side.points.iter().flatten()).filter_map(|point| point.share);
    let top = shares().map(|share| share.high).fold(0.0, f64::max);
    let highest = shares().map(|share| share.share).fold(0.0, f64::max);
    let sections: [Section<'_, Series>; 3] = [
        &|side, style| head(answer, side, highest, style),
        &|side, style| points(answer, side, top, style),
        &|side, style| findings(answer, side, style),
    ];
    let mut text = Vec::new();
    beside(&response.sides, &sections, style, &mut text)?;
    let text = String::from_utf8(text).map_err(io::Error::other)?;
    write!(out, "{text}")?;
    let mut legend = Vec::new();
    if answer.request.selection.is_scored() && style.bars {
        legend.push(format!("▁ to █: shares from 0 to {}, · not sampled", percent(highest)));
    }
    if text.contains(['▓', '░']) {
        let top = percent(top);
        legend.push(format!(
            "bars to {top}: █ to the lower end of the 95 % interval, ▓ to the share, ░ to the upper end"
        ));
    }
    notes(legend.into_iter().chain(style.caveats(answer.caveats())), style, out)
}

fn head(answer: &TrendAnswer, side: &Series, highest: f64, style: Style) -> io::Result<String> {
    let is_scored = answer.request.selection.is_scored();
    let mut text = heading(&side.id, &side.name, style)?;
    text += &how_much(&side.all, answer.response.kind, is_scored, style)?;
    text += &wrapped(&languages(&side.all), "  ", style)?;
    if is_scored && style.bars {
        let shares: Vec<Option<f64>> = (0..side.points.len()).map(|at| side.share(at).map(|s| s.share)).collect();
        // The last ones, where not all have room behind the indent.
        let room = style.width.saturating_sub(3);
        let (cut, shares) = match shares.len().checked_sub(room) {
            Some(more) if more > 1 => ("…", &shares[more..]),
            _ => ("", &shares[..]),
        };
        text += &format!("  {}\n", paint(&format!("{cut}{}", sparkline(shares, highest)), Part::Id, style));
    }
    Ok(text)
}

/// A character a span, as high as its share of the highest; a dot where nothing was sampled.
fn sparkline(shares: &[Option<f64>], highest: f64) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = highest.max(f64::MIN_POSITIVE);
    // The lowest is for none: something is more than nothing.
    let height = |share: f64| HEIGHTS[(share / highest * (HEIGHTS.len() - 1) as f64).ceil() as usize];
    shares.iter().map(|share| share.map_or('·', height)).collect()
}

fn points(answer: &TrendAnswer, side: &Series, top: f64, style: Style) -> io::Result<String> {
    let is_scored = answer.request.selection.is_scored();
    let rows: Vec<Vec<String>> = answer
        .response
        .spans
        .iter()
        .zip(&side.points)
        .enumerate()
        .map(|(at, (span, point))| {
            let is_burst = side.bursts.iter().flatten().any(|burst| burst.has(at));
            let mut cells = vec![format!("{span}{}", if is_burst { "*" } else { "" })];
            cells.extend(match (point, is_scored) {
                (Some(point), true) => share_cells(point).to_vec(),
                (Some(point), false) => vec![grouped(point.units)],
                (None, _) => vec![EMPTY.to_owned()],
            });
            cells
        })
        .collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|c| display_width(c)).max();
    let widths: Vec<usize> = (0..).map_while(width).collect();
    // Beside the cells, an indent and a gap each.
    let taken = widths.iter().map(|width| width + GAP.len()).sum::<usize>() + GAP.len();
    let room = style.width.saturating_sub(taken).min(*BARS.end());
    let mut text = String::new();
    for (row, point) in rows.iter().zip(&side.points) {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let pad = " ".repeat(width - display_width(cell));
            if column == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        text += &format!("  {}", cells.collect::<Vec<_>>().join(GAP));
        let share = point.as_ref().and_then(|point| point.share).filter(|_| is_scored && style.bars);
        if let Some(share) = share.filter(|_| room >= *BARS.start()) {
            text += &format!("{GAP}{}", paint(&bar(share, top, room), Part::Id, style));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    Ok(text)
}

fn share_cells(point: &Sampled) -> [String; 3] {
    let found = format!("{}/{}", grouped(point.found), grouped(point.units));
    let share = point.share.map_or_else(|| EMPTY.to_owned(), |share| percent(share.share));
    [found, share, point.share.map_or_else(String::new, |share| interval(share.low, share.high))]
}

/// A bar that is dark to the lower end of the interval and light from the share to its upper end.
fn bar(share: Share, top: f64, room: usize) -> String {
    let at = |share: f64| (share / top * room as f64).round() as usize;
    let [low, middle, high] = [share.low, share.share, share.high].map(at);
    "█".repeat(low) + &"▓".repeat(middle.saturating_sub(low)) + &"░".repeat(high.saturating_sub(middle))
}

/// When there was much more than usual; without words to follow, what is said more and less in the end.
fn findings(answer: &TrendAnswer, side: &Series, style: Style) -> io::Result<String> {
    let mut text = String::new();
    for burst in answer.bursts(side) {
        text += &wrapped(&paint(&format!("* {}", shown(&burst)), Part::Heading, style), "  ", style)?;
    }
    let Some(words) = &side.words else { return Ok(text) };
    for (how, terms) in [("more", &words.rising), ("less", &words.falling)] {
        text += &said(&answer.said(how, words), terms, words.enough, style)?;
    }
    Ok(text)
}

fn said(title: &str, terms: &[Term], enough: bool, style: Style) -> io::Result<String> {
    let mut text = wrapped(&paint(title, Part::Heading, style), "", style)?;
    for term in terms {
        text += &term_lines(term, style)?;
    }
    if terms.is_empty() {
        let none = if enough { "none that chance would not give" } else { "none that stands out" };
        text += &wrapped(&paint(none, Part::Aside, style), "  ", style)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_no_zeros() {
        assert_eq!(sparkline(&[Some(0.0), None, Some(0.01), Some(0.5), Some(1.0)], 1.0), "▁·▂▅█");
        assert_eq!(sparkline(&[Some(0.0), Some(0.0)], 0.0), "▁▁");
    }

    #[test]
    fn bars_show_the_interval() {
        let share = Share { share: 0.2, low: 0.1, high: 0.4, effective: 20.0 };
        assert_eq!(bar(share, 0.4, 8), "██▓▓░░░░");
    }
}
