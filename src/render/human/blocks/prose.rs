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
    /// Where something is from: smaller, below its heading.
    Origin,
    /// An introduction of the list below.
    Lead,
    /// How much there is.
    Total,
    /// What was asked.
    Asked,
    /// An assertion that does not hold.
    Failed,
}

/// A note on an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text.
    pub text: String,
    /// Whether it is a caveat, which can be left out.
    pub is_caveat: bool,
    /// Whether it is among the caveats that a full rendering has once.
    pub is_repeated: bool,
}

/// A name and a value.
pub struct Definition<'a> {
    /// The name.
    pub name: Line<'a>,
    /// The value.
    pub value: Line<'a>,
    /// Whether the value makes sense without the name.
    pub is_implied: bool,
}

/// The title of the section of caveats that several sections have.
pub const HOW_TO_READ: &str = "How to read the numbers";

/// The statement that nothing was found.
pub const NOTHING: &str = "nothing found";

impl Note {
    /// Returns whether a full rendering has it here.
    pub fn is_here(&self, is_quiet: bool) -> bool {
        !(self.is_repeated || self.is_caveat && is_quiet)
    }
}

impl<'a> Definition<'a> {
    /// Returns a name and a value that needs it.
    pub fn new(name: &'a str, value: impl Into<Line<'a>>) -> Self {
        Self { name: name.into(), value: value.into(), is_implied: false }
    }
}
