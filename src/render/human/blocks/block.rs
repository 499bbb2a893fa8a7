//! Blocks, and structures that contain blocks: sections, items of lists and columns.

use super::{Asides, Definition, Detail, Fold, Level, Line, Point, Role, Sense, Span, Table, Tally, Terms};
use crate::diagnostic::Message;
use crate::query::Suggestions;
use crate::render::TrendAnswer;

/// A block of an answer.
pub enum Block<'a> {
    /// A heading.
    Heading(Level, Line<'a>),
    /// A paragraph.
    Paragraph(Sense, Line<'a>),
    /// Sentences that are part of the answer.
    Sentences(Vec<String>),
    /// The note on the answer, which can be left out.
    Note(Message),
    /// Names, each with a value.
    Definitions(Vec<Definition<'a>>),
    /// Definitions about the document, as sentences; an implied name is left out.
    About(Vec<Definition<'a>>),
    /// Failed assertions, at the head of a document.
    Alert(Vec<String>),
    /// Items.
    List(List<'a>),
    /// Cells in rows and columns.
    Table(Table<'a>),
    /// Values with counts.
    Tally(Tally<'a>),
    /// Terms with numbers.
    Terms(Terms<'a>),
    /// Columns for groups or perspectives.
    Columns(Columns<'a>),
    /// A picture of data that other blocks have as text.
    Picture(&'a TrendAnswer),
    /// The statement that nothing was found, with suggestions.
    Nothing(Option<&'a Suggestions>),
    /// The meaning of the sign before chosen items of lists.
    Legend(&'static str, &'static str),
    /// The address of the heading above, where headings are not links.
    Address(&'a str),
    /// Blocks that belong together, set off from what follows.
    Group(Vec<Block<'a>>),
    /// Groups of the same rank, which may be columns.
    Parts(Vec<Vec<Block<'a>>>),
    /// A section of a document.
    Section(Section<'a>),
    /// The standing notes of a document, in a section of their own at its end.
    StandingNotes(Vec<Message>),
    /// Markdown that the author of a report wrote: as plain text, and as Markdown.
    Authored(&'a str, &'a str),
    /// Blocks of one amount of detail only.
    Only(Detail, Vec<Block<'a>>),
}

/// A section of a document.
pub struct Section<'a> {
    /// The title.
    pub title: Option<&'a str>,
    /// The content.
    pub blocks: Vec<Block<'a>>,
}

/// Items, one below the other.
#[derive(Default)]
pub struct List<'a> {
    /// The items.
    pub items: Items<'a>,
    /// The number of the first item, where they are numbered.
    pub first: Option<usize>,
    /// True if items are set off from one another.
    pub is_loose: bool,
    /// The indent, in characters.
    pub indent: usize,
    /// The least width of labels, which end below one another.
    pub label_width: usize,
    /// The sign before chosen items, where some are chosen.
    pub sign: Option<Span<'a>>,
    /// The place of asides.
    pub asides: Asides,
    /// A note on further items.
    pub more: Option<String>,
    /// The further items, where a page can show them on demand.
    pub folded: Items<'a>,
    /// The rows that a brief rendering leaves out.
    pub fold: Option<Fold>,
    /// True if the addresses of items are never written in full.
    pub hides_addresses: bool,
}

/// The items of a list. Those of long lists are made when they are written.
pub enum Items<'a> {
    /// Stored items.
    Made(Vec<Item<'a>>),
    /// A number of items, each made from its index.
    Lazy(usize, Box<dyn Fn(usize) -> Item<'a> + 'a>),
}

/// An item of a list.
#[derive(Default)]
pub struct Item<'a> {
    /// A short text before it.
    pub label: Line<'a>,
    /// The text.
    pub text: Line<'a>,
    /// Short texts such as its origin.
    pub asides: Vec<Line<'a>>,
    /// Its details.
    pub parts: Vec<Block<'a>>,
    /// True if it is the requested one among others.
    pub is_chosen: bool,
}

/// Columns with the same facts and the same steps.
pub struct Columns<'a> {
    /// The subject.
    pub caption: String,
    /// The unit of the steps, such as `week`.
    pub by: &'a str,
    /// The names of the steps, such as weeks.
    pub steps: &'a [String],
    /// The names of the facts.
    pub facts: Vec<String>,
    /// True if steps have shares, which are drawn as bars.
    pub has_shares: bool,
    /// The columns.
    pub columns: Vec<Column<'a>>,
}

/// A column: a group or a perspective.
pub struct Column<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The facts, some of which may be empty.
    pub facts: Vec<Line<'a>>,
    /// The steps; none for steps without a sample.
    pub points: Vec<Option<Point>>,
    /// Further blocks, in the same parts in each column.
    pub parts: Vec<Vec<Block<'a>>>,
}

impl<'a> Block<'a> {
    /// Returns sentences that are part of the answer.
    pub fn sentences(sentences: impl IntoIterator<Item = String>) -> Self {
        Self::Sentences(sentences.into_iter().collect())
    }

    /// Returns a paragraph in the words of this program.
    pub fn plain(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self::Paragraph(Sense::Plain, Span::new(Role::Plain, text).into())
    }

    /// Returns a total.
    pub fn total(text: impl Into<std::borrow::Cow<'a, str>>) -> Self {
        Self::Paragraph(Sense::Total, Line::dim(text))
    }
}
