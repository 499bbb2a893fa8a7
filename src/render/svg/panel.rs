//! A plot and its coordinates.

use super::look::Look;
use super::measure::Measure;
use super::scale::Scale;
use super::timeline::Timeline;
use crate::insight::Series;

/// A plot of some perspectives.
pub struct Panel<'a> {
    pub perspectives: Vec<(&'a Series, Look)>,
    pub spans: &'a [String],
    pub timeline: &'a Timeline,
    pub scale: Scale,
    pub measure: Measure,
    /// The kind of entry.
    pub kind: &'a str,
    /// The height of the area above the plot.
    pub above: f64,
    /// The left end of the area within the axes.
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The height of a perspective's lane above or below the plot.
pub const LANE: f64 = 10.0;
/// The distance between the plot and the first lane below it.
pub const TICK: f64 = 5.0;
/// The height of a line of labels.
pub const LINE: f64 = 13.0;

impl Panel<'_> {
    /// Returns the height of lanes and labels below a plot.
    pub fn below(lanes: usize) -> f64 {
        TICK + lanes as f64 * LANE + 2.0 * LINE + 4.0
    }

    /// Returns the x coordinate of a span.
    pub fn x(&self, span: usize) -> f64 {
        self.left + (self.timeline.spans[span].column as f64 + 0.5) * self.column()
    }

    /// Returns the y coordinate of a value, or of the upper end of the axis if it is above that.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom() - value.min(self.scale.top()) / self.scale.top() * self.height
    }

    /// Reports whether a value is above the axis.
    pub fn is_above(&self, value: f64) -> bool {
        value > self.scale.top() * (1.0 + 1e-9)
    }

    /// Returns the y coordinate of the horizontal axis.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Returns the width of a column.
    pub fn column(&self) -> f64 {
        self.width / self.timeline.columns().max(1) as f64
    }
}
