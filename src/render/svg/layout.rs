//! The layout of plots and the labels of their perspectives. Up to three perspectives share a plot; more would hide each
//! other, so that each has a plot of its own, all with the same axes. In a narrow picture each has its own, too, since there
//! is no room for names at its side.

use std::io;

use super::canvas::Canvas;
use super::design::{BOLD, MARGIN, NOTE, SMALL, Size};
use super::lettering::{fit, width};
use super::look::{LOOKS, path};
use super::measure::{Measure, name};
use super::panel::{LANE, Panel};
use super::scale::Scale;
use super::series::has_unsampled;
use super::timeline::Timeline;
use crate::insight::Series;
use crate::render::numbers::grouped;

/// The room left of a plot, for the labels of its axis.
const AXIS: f64 = 54.0;
/// The room right of a plot, for the names of its perspectives.
const NAMES: f64 = 150.0;
/// The room right of a plot whose perspective is named above it.
const EDGE: f64 = 10.0;
/// The height of the name above a plot.
const HEADING: f64 = 20.0;
/// The least distance between two names.
const NAME_GAP: f64 = 16.0;
/// The most steps of the vertical axis, and the height, of a single plot.
const ALONE: (usize, f64) = (5, 260.0);
/// The most steps of the vertical axis, and the height, of one of several plots.
const OF_SEVERAL: (usize, f64) = (3, 96.0);

/// The plots below one another, or two in a row.
pub struct Layout<'a> {
    pub panels: Vec<Panel<'a>>,
    /// The lanes below a plot.
    lanes: usize,
    /// True if one plot shows all perspectives, with their names beside it.
    is_one: bool,
    /// The lower end.
    pub bottom: f64,
}

/// The data of a picture.
#[derive(Clone, Copy)]
pub struct Data<'a> {
    pub size: Size,
    pub perspectives: &'a [Series],
    pub spans: &'a [String],
    pub timeline: &'a Timeline,
    pub measure: Measure,
    pub kind: &'a str,
}

impl<'a> Layout<'a> {
    /// Lays out all perspectives from `top` downwards.
    pub fn new(data: Data<'a>, top: f64) -> Self {
        let Data { size, perspectives, spans, timeline, measure, kind } = data;
        let is_one = size != Size::Narrow && perspectives.len() <= LOOKS.len();
        let (steps, height) = if is_one { ALONE } else { OF_SEVERAL };
        let scale = scale(perspectives, measure, steps);
        let lanes = |has: &dyn Fn(&Series) -> bool| {
            let lanes = perspectives.iter().filter(|perspective| has(perspective)).count();
            if is_one { lanes } else { lanes.min(1) }
        };
        let above = lanes(&|perspective| perspective.bursts.as_ref().is_some_and(|bursts| !bursts.is_empty())) as f64
            * LANE
            + 14.0;
        let lanes = lanes(&has_unsampled);
        let in_row = if is_one || size == Size::Narrow { 1 } else { 2 };
        let cell = (size.width() - 2.0 * MARGIN) / in_row as f64;
        let above = if is_one { above } else { above + HEADING };
        let row = above + height + Panel::below(lanes);
        let panel = |(at, perspectives): (usize, &'a [Series])| Panel {
            perspectives: perspectives.iter().zip(LOOKS).collect(),
            spans,
            timeline,
            scale,
            measure,
            kind,
            left: MARGIN + (at % in_row) as f64 * cell + AXIS,
            top: top + (at / in_row) as f64 * row + above,
            width: cell - AXIS - if is_one { NAMES } else { EDGE },
            above,
            height,
        };
        let together = if is_one { perspectives.len() } else { 1 };
        let panels: Vec<Panel> = perspectives.chunks(together.max(1)).enumerate().map(panel).collect();
        let bottom = top + panels.len().div_ceil(in_row) as f64 * row;
        Self { panels, lanes, is_one, bottom }
    }

    /// Draws all plots.
    pub fn draw(&self, canvas: &mut Canvas) -> io::Result<()> {
        for panel in &self.panels {
            canvas.group("g", &[], |canvas| {
                panel.draw(self.lanes, canvas)?;
                if self.is_one { names(panel, canvas) } else { heading(panel, canvas) }
            })?;
        }
        Ok(())
    }
}

/// An axis is at least so many times as long as the highest share.
const ROOM: f64 = 2.0;

/// Returns a scale on which the shares can be told apart: to the highest interval, or to twice the highest share if that is
/// lower; intervals are cut off there. Where all shares are 0, to the lowest interval.
fn scale(perspectives: &[Series], measure: Measure, steps: usize) -> Scale {
    let points = perspectives
        .iter()
        .flat_map(|perspective| &perspective.points)
        .filter_map(|point| measure.point(point.as_ref()));
    let (mut value, mut low, mut high) = (0.0_f64, f64::INFINITY, 0.0_f64);
    for point in points {
        let end = point.interval.map_or(point.value, |(_, high)| high);
        (value, low, high) = (value.max(point.value), low.min(end), high.max(end));
    }
    let most = if value > 0.0 { high.min(ROOM * value) } else { low.min(high) };
    Scale::new(measure.unit(), most, steps)
}

/// Writes the names of perspectives right of the ends of their lines.
fn names(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    let end = |perspective: &Series| {
        let last = perspective.points.iter().rev().find_map(|point| panel.measure.point(point.as_ref()));
        panel.y(last.map_or(0.0, |point| point.value))
    };
    let ends: Vec<f64> = panel.perspectives.iter().map(|(perspective, _)| end(perspective)).collect();
    let left = panel.left + panel.width + 8.0;
    for ((perspective, look), y) in panel.perspectives.iter().zip(spread(&ends, panel.top, panel.bottom())) {
        look.line(&path(&[(left, y), (left + 26.0, y)]), canvas)?;
        look.mark((left + 13.0, y), 1.0, canvas)?;
        let shown = fit(&name(perspective), SMALL * 1.1, NAMES - 8.0 - 32.0);
        BOLD.write((left + 32.0, y + SMALL * 0.36), &shown, "start", canvas)?;
    }
    Ok(())
}

/// Writes the name of a perspective and its sample size above the plot.
fn heading(panel: &Panel, canvas: &mut Canvas) -> io::Result<()> {
    for (perspective, _) in &panel.perspectives {
        let y = panel.top - panel.above + HEADING - 3.0;
        let n = format!("n {}", grouped(perspective.all.entries));
        let room = panel.width - width(&n, SMALL) - 10.0;
        BOLD.write((panel.left, y), &fit(&name(perspective), SMALL * 1.1, room), "start", canvas)?;
        NOTE.write((panel.left + panel.width, y), &n, "end", canvas)?;
    }
    Ok(())
}

/// Returns heights near those wanted, at least `NAME_GAP` from each other, within bounds if there is room.
fn spread(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut heights = wanted.to_vec();
    let mut free = top;
    for at in &order {
        heights[*at] = heights[*at].max(free);
        free = heights[*at] + NAME_GAP;
    }
    let mut free = bottom;
    for at in order.iter().rev() {
        heights[*at] = heights[*at].min(free);
        free = heights[*at] - NAME_GAP;
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_overlap() {
        assert_eq!(spread(&[50.0, 10.0], 0.0, 100.0), [50.0, 10.0]);
        assert_eq!(spread(&[50.0, 50.0, 50.0], 0.0, 100.0), [50.0, 66.0, 82.0]);
        assert_eq!(spread(&[100.0, 99.0, 98.0], 0.0, 100.0), [100.0, 84.0, 68.0]);
        assert_eq!(spread(&[], 0.0, 100.0), [0.0; 0]);
    }
}
