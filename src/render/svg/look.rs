//! The looks of perspectives: colours (Okabe and Ito's, safe for colour-blind readers), dashes and shapes of marks, so
//! that black-and-white prints are readable, too.

use std::io;

use super::canvas::{Canvas, px};

/// A look of a perspective.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    pub color: &'static str,
    dash: &'static str,
    shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Disc,
    Square,
    Triangle,
}

/// The looks in a plot, as many as one plot can show. More perspectives have plots of their own, all in the first look.
pub const LOOKS: [Look; 3] = [
    Look { color: "#0072B2", dash: "none", shape: Shape::Disc },
    Look { color: "#D55E00", dash: "7 3", shape: Shape::Square },
    Look { color: "#009E73", dash: "2 2.5", shape: Shape::Triangle },
];

impl Look {
    /// Draws a line from the data of a path.
    pub fn line(&self, path: &str, canvas: &mut Canvas) -> io::Result<()> {
        let attributes = [
            ("d", path),
            ("fill", "none"),
            ("stroke", self.color),
            ("stroke-width", "2"),
            ("stroke-dasharray", self.dash),
            ("stroke-linejoin", "round"),
        ];
        canvas.draw("path", &[], &attributes)
    }

    /// Draws a mark of a size up to 1 around a point. All but discs are hollow, so that perspectives with the same share do not hide each other.
    pub fn mark(&self, (x, y): (f64, f64), size: f64, canvas: &mut Canvas) -> io::Result<()> {
        let hollow = [("fill", "none"), ("stroke", self.color), ("stroke-width", "1.5")];
        match self.shape {
            Shape::Disc => canvas.draw("circle", &[("cx", x), ("cy", y), ("r", 3.0 * size)], &[("fill", self.color)]),
            Shape::Square => {
                let half = 4.0 * size;
                let numbers = [("x", x - half), ("y", y - half), ("width", 2.0 * half), ("height", 2.0 * half)];
                canvas.draw("rect", &numbers, &hollow)
            }
            Shape::Triangle => {
                let data =
                    path(&[(x, y - 6.0 * size), (x + 5.2 * size, y + 3.0 * size), (x - 5.2 * size, y + 3.0 * size)])
                        + "Z";
                canvas.draw("path", &[], &[&[("d", data.as_str())], &hollow[..]].concat())
            }
        }
    }
}

/// Returns the data of a path through points.
pub fn path(points: &[(f64, f64)]) -> String {
    let point =
        |(at, (x, y)): (usize, &(f64, f64))| format!("{}{} {}", if at == 0 { "M" } else { "L" }, px(*x), px(*y));
    points.iter().enumerate().map(point).collect()
}
