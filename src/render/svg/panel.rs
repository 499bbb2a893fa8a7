//! A plot: where its perspectives stand, and its spans and values in it.

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
    /// What entries are called.
    pub kind: &'a str,
    /// The room above the plot.
    pub above: f64,
    /// The plot within the axes.
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The height of a perspective's lane above or below the plot.
pub const LANE: f64 = 10.0;
/// Between the plot and the first lane below it.
pub const TICK: f64 = 5.0;
/// A line of labels.
pub const LINE: f64 = 13.0;

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
}
