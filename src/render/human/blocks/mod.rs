//! The blocks that answers for people are made of. They are data: texts as they are, without the syntax or the escapes of
//! any format. Each format has one renderer of blocks, which escapes every text that it writes.

mod beside;
mod line;
mod list;
mod table;

pub use beside::{Beside, Column, Point, point_cells};
pub use line::{Line, Role, Span, Target};
pub use list::{Asides, Fold, Item, Items, List};
pub use table::{Align, Header, Table, Tally, TallyRow, Terms};

use crate::query::Suggestions;
use crate::render::TrendAnswer;

/// A block of an answer.
pub enum Block<'a> {
    /// A heading.
    Heading(Level, Line<'a>),
    /// A paragraph.
    Paragraph(Sense, Line<'a>),
    /// Notes on the answer, a sentence each.
    Notes(Vec<Note>),
    /// Names, each with a value.
    Definitions(Vec<Definition<'a>>),
    /// The same, as sentences on the document. A value whose name is implied says by itself what it is.
    About(Vec<Definition<'a>>),
    /// Assertions that do not hold, at the head of a document.
    Alert(Vec<String>),
    /// Items.
    List(List<'a>),
    /// Cells in rows and columns.
    Table(Table<'a>),
    /// Values with counts.
    Tally(Tally<'a>),
    /// Terms with numbers.
    Terms(Terms<'a>),
    /// Things of one sort beside one another.
    Beside(Beside<'a>),
    /// A picture, which shows nothing that the blocks beside it do not.
    Picture(&'a TrendAnswer),
    /// The statement that nothing was found, and what may help.
    Nothing(Option<&'a Suggestions>),
    /// The meaning of the sign before the chosen items of lists.
    Legend(&'static str, &'static str),
    /// The address of the heading above, where the heading is no link.
    Address(&'a str),
    /// Blocks that belong together, set off from what follows.
    Group(Vec<Block<'a>>),
    /// Groups of the same rank, which may be beside one another.
    Parts(Vec<Vec<Block<'a>>>),
    /// A section of a document.
    Section(Section<'a>),
    /// Caveats of several sections, which a full rendering has once, in a section of their own at the end.
    Once(Vec<String>),
    /// Markdown that the author of a report wrote: as plain text, and as Markdown.
    Authored(&'a str, &'a str),
    /// Blocks of one amount of detail only.
    Only(Detail, Vec<Block<'a>>),
}

/// An amount of detail. A terminal is brief, a document or a page is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The most important.
    Brief,
    /// All there is.
    Full,
}

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

/// A section of a document.
pub struct Section<'a> {
    /// The title.
    pub title: Option<&'a str>,
    /// The content.
    pub blocks: Vec<Block<'a>>,
}

/// The title of the section of caveats that several sections have.
pub const HOW_TO_READ: &str = "How to read the numbers";

/// The statement that nothing was found.
pub const NOTHING: &str = "nothing found";

impl<'a> Block<'a> {
    /// Returns notes that are always shown.
    pub fn notes(notes: impl IntoIterator<Item = String>) -> Self {
        Self::all_notes(notes, false)
    }

    /// Returns caveats.
    pub fn caveats(notes: impl IntoIterator<Item = String>) -> Self {
        Self::all_notes(notes, true)
    }

    fn all_notes(notes: impl IntoIterator<Item = String>, is_caveat: bool) -> Self {
        Self::Notes(notes.into_iter().map(|text| Note { text, is_caveat, is_repeated: false }).collect())
    }

    /// Returns a paragraph in the words of this program.
    pub fn plain(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self::Paragraph(Sense::Plain, Span::new(Role::Plain, text).into())
    }

    /// Returns a paragraph that says how much there is.
    pub fn total(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self::Paragraph(Sense::Total, Line::dim(text))
    }
}

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
