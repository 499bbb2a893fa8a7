//! Lines of text below one another, over and under the plots.

use std::io;

use super::canvas::Canvas;
use super::design::{MARGIN, Type, WIDTH};
use super::lettering::wrap;

/// Lines, and how far down they have come.
pub struct Sheet {
    pub y: f64,
    lines: Vec<Line>,
}

struct Line {
    y: f64,
    text: String,
    face: Type,
}

/// The height of a line as a part of its letters'.
const LEADING: f64 = 1.35;

impl Sheet {
    pub fn new(y: f64) -> Self {
        Self { y, lines: Vec::new() }
    }

    /// Adds a paragraph.
    pub fn add(&mut self, text: &str, face: Type) {
        // Bold letters are wider.
        let size = if face.weight == "bold" { face.size * 1.1 } else { face.size };
        for text in wrap(text, size, WIDTH - 2.0 * MARGIN) {
            self.y += face.size * LEADING;
            self.lines.push(Line { y: self.y, text, face });
        }
    }

    pub fn draw(&self, canvas: &mut Canvas) -> io::Result<()> {
        self.lines.iter().try_for_each(|line| line.face.write((MARGIN, line.y), &line.text, "start", canvas))
    }
}
