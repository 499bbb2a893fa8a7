//! The paragraphs above and below the plots.

use std::io;

use super::canvas::Canvas;
use super::design::{MARGIN, Size, Type};
use super::lettering::wrap;

/// Lines of text; `y` is the baseline of the last.
pub struct Sheet {
    pub y: f64,
    /// The width of a line.
    width: f64,
    lines: Vec<Line>,
}

struct Line {
    y: f64,
    text: String,
    face: Type,
}

/// The line height relative to the font size.
const LEADING: f64 = 1.35;

impl Sheet {
    /// Returns the sheet of a picture, which begins at `y`.
    pub fn new(size: Size, y: f64) -> Self {
        Self { y, width: size.width() - 2.0 * MARGIN, lines: Vec::new() }
    }

    /// Adds a paragraph.
    pub fn add(&mut self, text: &str, face: Type) {
        // Bold text is wider.
        let size = if face.weight == "bold" { face.size * 1.1 } else { face.size };
        for text in wrap(text, size, self.width) {
            self.y += face.size * LEADING;
            self.lines.push(Line { y: self.y, text, face });
        }
    }

    /// Draws all lines.
    pub fn draw(&self, canvas: &mut Canvas) -> io::Result<()> {
        self.lines.iter().try_for_each(|line| line.face.write((MARGIN, line.y), &line.text, "start", canvas))
    }
}
