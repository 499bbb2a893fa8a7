//! The design of a picture: its measures, colours and type.

use std::io;

use super::canvas::{Canvas, px};

/// The size of a picture. Letters have the same size in all, so that one that is shown larger than it is, or smaller,
/// stays readable only near its own width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A picture as a file.
    File,
    /// As wide as a page on a desk.
    Wide,
    /// As wide as a phone: each perspective has a plot of its own, below its name.
    Narrow,
}

impl Size {
    /// Returns the width.
    pub fn width(self) -> f64 {
        match self {
            Self::File => 760.0,
            Self::Wide => 960.0,
            Self::Narrow => 340.0,
        }
    }
}

/// The margin on every side.
pub const MARGIN: f64 = 16.0;

pub const BLACK: &str = "#1a1a1a";
pub const GREY: &str = "#555555";
pub const PALE: &str = "#dddddd";

/// The font size of labels and notes.
pub const SMALL: f64 = 11.0;
pub const HEADING: Type = Type { size: 17.0, weight: "bold", color: BLACK };
pub const SUBHEADING: Type = Type { size: 12.0, weight: "normal", color: GREY };
pub const BOLD: Type = Type { size: SMALL, weight: "bold", color: BLACK };
pub const NOTE: Type = Type { size: SMALL, weight: "normal", color: GREY };

/// A style of text.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    pub size: f64,
    pub weight: &'static str,
    pub color: &'static str,
}

impl Type {
    /// Writes a line at a point.
    pub fn write(&self, at: (f64, f64), text: &str, anchor: &str, canvas: &mut Canvas) -> io::Result<()> {
        let size = px(self.size);
        let all =
            [("font-size", size.as_str()), ("fill", self.color), ("font-weight", self.weight), ("text-anchor", anchor)];
        // Default values are left out.
        let set = all.into_iter().filter(|(_, value)| !["normal", "start"].contains(value)).collect::<Vec<_>>();
        canvas.text(at, text, &set)
    }
}
