//! A plot: axes and series.

use std::io;

use super::canvas::Canvas;
use super::design::{GREY, NOTE, PALE, SMALL};
use super::panel::{LANE, LINE, Panel, TICK};
use super::series;

impl Panel<'_> {
    /// Draws the plot with its lanes below.
    pub fn draw(&self, lanes: usize, canvas: &mut Canvas) -> io::Result<()> {
        self.draw_values(canvas)?;
        self.draw_times(lanes, canvas)?;
        series::bands(self, canvas)?;
        series::arrows(self, canvas)?;
        series::lines(self, canvas)?;
        series::bursts(self, canvas)?;
        series::unsampled(self, canvas)?;
        series::tooltips(self, canvas)
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
        // Two strokes through the axis mark omitted time.
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
