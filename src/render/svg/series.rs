//! The series of perspectives: bands, lines and marks, bursts above the plot, unsampled spans below it, and tooltips. Lines
//! and bands have a gap where a perspective was not sampled: nothing is interpolated.

use std::io;
use std::ops::Range;

use super::canvas::Canvas;
use super::caption::burst;
use super::design::{NOTE, SMALL};
use super::look::path;
use super::measure::{Point, name};
use super::panel::{LANE, Panel};
use crate::insight::Series;

/// The width of a column in which marks have their full size; in narrower ones they are smaller, so that each is seen.
const MARK_COLUMN: f64 = 14.0;

/// The smallest size of a mark, of 1.
const SMALLEST: f64 = 0.4;

/// A span and its point.
type Placed = (usize, Point);

/// Draws the 95% intervals: an area along each line, an error bar for a single span.
pub fn bands(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    for (perspective, look) in &panel.perspectives {
        for run in runs(panel, perspective) {
            let ends: Vec<(f64, f64, f64)> = run
                .iter()
                .filter_map(|(span, point)| point.interval.map(|(low, high)| (*span, low, high)))
                .map(|(span, low, high)| (panel.x(span), panel.y(low), panel.y(high)))
                .collect();
            if let [(x, low, high)] = ends[..] {
                let bars =
                    [[(x, low), (x, high)], [(x - 4.0, low), (x + 4.0, low)], [(x - 4.0, high), (x + 4.0, high)]];
                let data: String = bars.iter().map(|bar| path(bar)).collect();
                canvas.draw("path", &[], &[("d", &data), ("fill", "none"), ("stroke", look.color)])?;
            } else if !ends.is_empty() {
                let upper = ends.iter().map(|(x, _, high)| (*x, *high));
                let lower = ends.iter().rev().map(|(x, low, _)| (*x, *low));
                let data = path(&upper.chain(lower).collect::<Vec<_>>()) + "Z";
                let attributes = [
                    ("d", data.as_str()),
                    ("fill", look.color),
                    ("fill-opacity", "0.13"),
                    // Edges separate overlapping bands.
                    ("stroke", look.color),
                    ("stroke-opacity", "0.4"),
                    ("stroke-width", "0.6"),
                ];
                canvas.draw("path", &[], &attributes)?;
            }
        }
    }
    Ok(())
}

/// Draws the lines, with a mark at each point.
pub fn lines(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let size = (panel.column() / MARK_COLUMN).clamp(SMALLEST, 1.0);
    for (perspective, look) in &panel.perspectives {
        for run in runs(panel, perspective) {
            let points: Vec<(f64, f64)> =
                run.iter().map(|(span, point)| (panel.x(*span), panel.y(point.value))).collect();
            if points.len() > 1 {
                look.line(&path(&points), canvas)?;
            }
            points.iter().try_for_each(|point| look.mark(*point, size, canvas))?;
        }
    }
    Ok(())
}

/// Draws an arrow at the upper end of the axis where an interval goes on above it; those of several perspectives side by side.
pub fn arrows(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let size = (panel.column() / MARK_COLUMN).clamp(SMALLEST, 1.0) * 4.0;
    for (number, (perspective, look)) in panel.perspectives.iter().enumerate() {
        let aside = (number as f64 - (panel.perspectives.len() as f64 - 1.0) / 2.0) * size;
        for (span, _) in points(panel, perspective).into_iter().filter(|(_, point)| is_cut_off(panel, point)) {
            let (x, y) = (panel.x(span) + aside, panel.top);
            let data = path(&[(x - size, y), (x, y - 1.5 * size), (x + size, y)]) + "Z";
            canvas.draw("path", &[], &[("d", &data), ("fill", look.color)])?;
        }
    }
    Ok(())
}

/// Reports whether an interval of some perspective goes on above the axis.
pub fn has_cut_off(panel: &Panel) -> bool {
    let all = panel.perspectives.iter().flat_map(|(perspective, _)| points(panel, perspective));
    all.into_iter().any(|(_, point)| is_cut_off(panel, &point))
}

fn is_cut_off(panel: &Panel, point: &Point) -> bool {
    point.interval.is_some_and(|(_, high)| panel.is_above(high))
}

/// Draws bursts as bars above the plot, in a lane for each perspective that has some.
pub fn bursts(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let bursting = panel
        .perspectives
        .iter()
        .filter_map(|(perspective, look)| Some((perspective, look, perspective.bursts.as_ref()?)));
    for (lane, (perspective, look, bursts)) in bursting.filter(|(_, _, bursts)| !bursts.is_empty()).enumerate() {
        let y = panel.top - (lane as f64 + 1.0) * LANE - 8.0;
        if panel.perspectives.len() > 1 {
            look.mark((panel.left - 10.0, y + 2.5), 1.0, canvas)?;
        }
        for one in bursts {
            let title = format!("{}: burst {}", name(perspective), burst(one, panel.spans));
            bar(panel, one.first..one.last + 1, y, &title, look.color, canvas)?;
        }
        if lane == 0 {
            NOTE.write((panel.left - 18.0, y + SMALL * 0.36 + 2.5), "bursts", "end", canvas)?;
        }
    }
    Ok(())
}

/// Draws unsampled spans as grey bars below the axis, in a lane for each perspective that has some.
pub fn unsampled(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let series = panel.perspectives.iter().filter(|(perspective, _)| has_unsampled(perspective));
    for (lane, (perspective, look)) in series.enumerate() {
        let y = panel.bottom() + LANE * lane as f64 + 6.0;
        if panel.perspectives.len() > 1 {
            look.mark((panel.left - 10.0, y + 2.5), 1.0, canvas)?;
        }
        let is_unsampled = |span: usize| perspective.points[span].is_none();
        let all: Vec<usize> = (0..panel.timeline.spans.len()).collect();
        let runs = all
            .chunk_by(|a, b| is_unsampled(*a) == is_unsampled(*b) && (!is_unsampled(*b) || panel.timeline.follows(*b)));
        for run in runs.filter(|run| is_unsampled(run[0])) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let when = match run {
                [one] => panel.spans[*one].clone(),
                _ => format!("{} to {}", panel.spans[first], panel.spans[last]),
            };
            bar(panel, first..last + 1, y, &format!("{}: not sampled {when}", name(perspective)), "#999999", canvas)?;
        }
    }
    Ok(())
}

/// Reports whether a perspective was not sampled in some span.
pub fn has_unsampled(perspective: &Series) -> bool {
    perspective.points.contains(&None)
}

/// Draws the tooltips of spans, above everything else.
pub fn tooltips(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    for (at, span) in panel.timeline.spans.iter().enumerate() {
        let series = panel
            .perspectives
            .iter()
            .map(|(perspective, _)| panel.measure.text(perspective, perspective.points[at].as_ref(), panel.kind));
        let title = std::iter::once(span.label()).chain(series).collect::<Vec<_>>().join("\n");
        let left = panel.x(at) - panel.column() / 2.0;
        let numbers = [("x", left), ("y", panel.top), ("width", panel.column()), ("height", panel.height)];
        canvas.draw_titled(&title, "rect", &numbers, &[("fill", "none"), ("pointer-events", "all")])?;
    }
    Ok(())
}

fn bar(panel: &Panel, spans: Range<usize>, y: f64, title: &str, color: &str, canvas: &mut Canvas) -> io::Result<()> {
    let left = panel.x(spans.start) - panel.column() / 2.0;
    let width = panel.x(spans.end - 1) + panel.column() / 2.0 - left;
    canvas.draw_titled(title, "rect", &[("x", left), ("y", y), ("width", width), ("height", 5.0)], &[("fill", color)])
}

/// Returns the points of a perspective, split where a span is unsampled.
fn runs(panel: &Panel, perspective: &Series) -> Vec<Vec<Placed>> {
    let points = points(panel, perspective);
    let joined = |a: &Placed, b: &Placed| a.0 + 1 == b.0 && panel.timeline.follows(b.0);
    points.chunk_by(joined).map(<[Placed]>::to_vec).collect()
}

/// Returns the points of a perspective.
fn points(panel: &Panel, perspective: &Series) -> Vec<Placed> {
    let points = perspective.points.iter().enumerate();
    points.filter_map(|(span, point)| Some((span, panel.measure.point(point.as_ref())?))).collect()
}
