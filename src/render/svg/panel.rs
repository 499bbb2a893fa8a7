//! A plot: its axes, and where each of its sides is drawn in it.

use std::io;

use super::canvas::Canvas;
use super::look::Look;
use super::measure::Measure;
use super::scale::Scale;
use super::timeline::Timeline;
use super::{GREY, NOTE, PALE, SMALL, drawn};
use crate::insight::Series;

/// A plot of some sides.
pub struct Panel<'a> {
    pub sides: Vec<(&'a Series, Look)>,
    pub spans: &'a [String],
    pub timeline: &'a Timeline,
    pub scale: Scale,
    pub measure: Measure,
    /// What units are called.
    pub kind: &'a str,
    /// The room above the plot.
    pub above: f64,
    /// The plot within the axes.
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The height of a side's lane above or below the plot.
pub const LANE: f64 = 10.0;
/// Between the plot and the first lane below it.
const TICK: f64 = 5.0;
/// A line of labels.
const LINE: f64 = 13.0;

impl Panel<'_> {
    /// The room that is needed below the plot for lanes and labels.
    pub fn below(lanes: usize) -> f64 {
        TICK + lanes as f64 * LANE + 2.0 * LINE + 4.0
    }

    /// Where a span is.
    pub fn x(&self, span: usize) -> f64 {
        self.left + (self.timeline.spans[span].column as f64 + 0.5) * self.column()
    }

    /// Where a value is.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom() - value / self.scale.top() * self.height
    }

    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The width of a column.
    pub fn column(&self) -> f64 {
        self.width / self.timeline.columns().max(1) as f64
    }

    /// Draws it all.
    pub fn draw(&self, lanes: usize, canvas: &mut Canvas) -> io::Result<()> {
        self.draw_values(canvas)?;
        self.draw_times(lanes, canvas)?;
        drawn::bands(self, canvas)?;
        drawn::lines(self, canvas)?;
        drawn::bursts(self, canvas)?;
        drawn::holes(self, canvas)?;
        drawn::tips(self, canvas)
    }

    fn draw_values(&self, canvas: &mut Canvas) -> io::Result<()> {
        for (value, label) in self.scale.ticks() {
            let y = self.y(value);
            let color = if value > 0.0 { PALE } else { GREY };
            let ends = [("x1", self.left), ("x2", self.left + self.width), ("y1", y), ("y2", y)];
            canvas.draw("line", &ends, &[("stroke", color)])?;
            NOTE.write((self.left - 6.0, y + SMALL * 0.36), &label, "end", canvas)?;
        }
        Ok(())
    }

    fn draw_times(&self, lanes: usize, canvas: &mut Canvas) -> io::Result<()> {
        let baseline = self.bottom() + TICK + lanes as f64 * LANE + LINE - 2.0;
        for label in self.timeline.labels(self.column()) {
            let x = self.x(label.span);
            let ends = [("x1", x), ("x2", x), ("y1", self.bottom()), ("y2", self.bottom() + TICK - 1.0)];
            canvas.draw("line", &ends, &[("stroke", GREY)])?;
            NOTE.write((x, baseline), &label.text, "middle", canvas)?;
            if let Some(year) = &label.year {
                NOTE.write((x, baseline + LINE), year, "middle", canvas)?;
            }
        }
        // Two strokes through the axis say that time is left out.
        for span in (1..self.timeline.spans.len()).filter(|span| !self.timeline.follows(*span)) {
            let x = self.x(span) - self.column();
            for x in [x - 2.0, x + 2.0] {
                let ends = [("x1", x - 2.0), ("x2", x + 2.0), ("y1", self.bottom() + 4.0), ("y2", self.bottom() - 4.0)];
                canvas.draw("line", &ends, &[("stroke", GREY)])?;
            }
        }
        Ok(())
    }
}
