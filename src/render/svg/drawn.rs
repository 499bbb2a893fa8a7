//! What is drawn of perspectives: bands, lines and marks, bursts above the plot, holes below it, and what is told of each span.
//! Where a perspective was not sampled there is neither line nor band: nothing is known, and nothing made up.

use std::io;
use std::ops::Range;

use super::canvas::Canvas;
use super::caption::burst;
use super::design::{NOTE, SMALL};
use super::look::path;
use super::measure::{Point, name};
use super::panel::{LANE, Panel};
use crate::insight::Series;

/// Between two marks on a line.
const MARKS: f64 = 14.0;

/// A span and what was measured in it.
type Placed = (usize, Point);

/// The 95% intervals: an area along each line, an upright line where a span stands alone.
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
                    // Where bands lie over one another, edges tell them apart.
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

/// The lines, with marks as often as there is room; those of other perspectives stand at other spans then.
pub fn lines(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let every = (MARKS / panel.column()).ceil().max(1.0) as usize;
    for (number, (perspective, look)) in panel.perspectives.iter().enumerate() {
        let first = number * every / panel.perspectives.len();
        for run in runs(panel, perspective) {
            let points: Vec<(f64, f64)> =
                run.iter().map(|(span, point)| (panel.x(*span), panel.y(point.value))).collect();
            if points.len() > 1 {
                look.line(&path(&points), canvas)?;
            }
            points
                .iter()
                .skip(first.min(points.len() - 1))
                .step_by(every)
                .try_for_each(|point| look.mark(*point, canvas))?;
        }
    }
    Ok(())
}

/// Bars above the plot, a lane for each perspective that has bursts.
pub fn bursts(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let bursting = panel
        .perspectives
        .iter()
        .filter_map(|(perspective, look)| Some((perspective, look, perspective.bursts.as_ref()?)));
    for (lane, (perspective, look, bursts)) in bursting.filter(|(_, _, bursts)| !bursts.is_empty()).enumerate() {
        let y = panel.top - (lane as f64 + 1.0) * LANE - 8.0;
        if panel.perspectives.len() > 1 {
            look.mark((panel.left - 10.0, y + 2.5), canvas)?;
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

/// Grey bars below the axis, a lane for each perspective that was not sampled now and then.
pub fn holes(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let with_holes = panel.perspectives.iter().filter(|(perspective, _)| has_holes(perspective));
    for (lane, (perspective, look)) in with_holes.enumerate() {
        let y = panel.bottom() + LANE * lane as f64 + 6.0;
        if panel.perspectives.len() > 1 {
            look.mark((panel.left - 10.0, y + 2.5), canvas)?;
        }
        let is_hole = |span: usize| perspective.points[span].is_none();
        let all: Vec<usize> = (0..panel.timeline.spans.len()).collect();
        let runs = all.chunk_by(|a, b| is_hole(*a) == is_hole(*b) && (!is_hole(*b) || panel.timeline.follows(*b)));
        for run in runs.filter(|run| is_hole(run[0])) {
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

/// Whether a perspective was not sampled in a span.
pub fn has_holes(perspective: &Series) -> bool {
    perspective.points.contains(&None)
}

/// What there is in each span, for whoever points at it. It lies above all that is drawn.
pub fn tips(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    for (at, span) in panel.timeline.spans.iter().enumerate() {
        let told = panel
            .perspectives
            .iter()
            .map(|(perspective, _)| panel.measure.told(perspective, perspective.points[at].as_ref(), panel.kind));
        let title = std::iter::once(span.told()).chain(told).collect::<Vec<_>>().join("\n");
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

/// What was measured without a hole between.
fn runs(panel: &Panel, perspective: &Series) -> Vec<Vec<Placed>> {
    let points = perspective.points.iter().enumerate();
    let points = points.filter_map(|(span, point)| Some((span, panel.measure.point(point.as_ref())?)));
    let points: Vec<Placed> = points.collect();
    let joined = |a: &Placed, b: &Placed| a.0 + 1 == b.0 && panel.timeline.follows(b.0);
    points.chunk_by(joined).map(<[Placed]>::to_vec).collect()
}
