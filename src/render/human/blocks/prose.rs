//! Headings, paragraphs, notes and definitions.

use super::Line;

/// A rank of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The title of a document.
    Title,
    /// The title of a section of a document.
    Section,
    /// The subject of an answer.
    Subject,
    /// A part of an answer.
    Part,
    /// A file or the like, whose name is never broken.
    Place,
    /// A part of a part.
    Point,
}

/// A purpose of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A sentence on the whole answer.
    Plain,
    /// A line for logs, never broken.
    Log,
    /// A sentence on the heading above.
    Body,
    /// A short mark of the heading above.
    Badge,
    /// The origin of what the heading names, in small type.
    Origin,
    /// An introduction of the list below.
    Lead,
    /// A total.
    Total,
    /// The question.
    Question,
    /// A failed assertion.
    Failed,
}

/// A name and a value.
pub struct Definition<'a> {
    /// The name.
    pub name: Line<'a>,
    /// The value.
    pub value: Line<'a>,
    /// True if the value makes sense without the name.
    pub is_implied: bool,
}

/// The title of the section of standing notes.
pub const HOW_TO_READ: &str = "How to read the numbers";

/// The statement that nothing was found.
pub const NOTHING: &str = "nothing found";

impl<'a> Definition<'a> {
    /// Returns a name and a value that needs it.
    pub fn new(name: &'a str, value: impl Into<Line<'a>>) -> Self {
        Self { name: name.into(), value: value.into(), is_implied: false }
    }
}
