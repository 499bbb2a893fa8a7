//! Blocks, and what holds blocks in turn: sections, items of lists, and things beside one another.

use super::{Asides, Definition, Detail, Fold, Level, Line, Note, Point, Role, Sense, Span, Table, Tally, Terms};
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
    /// Whether items are set off from one another.
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
    /// The rows that a brief rendering leaves out.
    pub fold: Option<Fold>,
    /// Whether the addresses of items are never written in full.
    pub hides_addresses: bool,
}

/// The items of a list. Those of long lists are made when they are written.
pub enum Items<'a> {
    /// Items that are there.
    Made(Vec<Item<'a>>),
    /// So many items, each made from its place.
    Lazy(usize, Box<dyn Fn(usize) -> Item<'a> + 'a>),
}

/// An item of a list.
#[derive(Default)]
pub struct Item<'a> {
    /// A short text before it.
    pub label: Line<'a>,
    /// The text.
    pub text: Line<'a>,
    /// Short texts on where it is from, or the like.
    pub asides: Vec<Line<'a>>,
    /// Its details.
    pub parts: Vec<Block<'a>>,
    /// Whether it is what was asked for, among others.
    pub is_chosen: bool,
}

/// Things beside one another, with the same facts and the same steps of each.
pub struct Beside<'a> {
    /// The subject.
    pub caption: String,
    /// The entry of the steps.
    pub by: &'a str,
    /// The names of the steps, such as weeks.
    pub steps: &'a [String],
    /// The names of the facts.
    pub facts: Vec<String>,
    /// Whether steps have shares, which can be drawn.
    pub has_shares: bool,
    /// The things.
    pub columns: Vec<Column<'a>>,
}

/// One of the things.
pub struct Column<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The facts, some of which may be empty.
    pub facts: Vec<Line<'a>>,
    /// The steps; none where nothing was sampled.
    pub points: Vec<Option<Point>>,
    /// Further blocks in parts: the same sorts in each column, in the same order.
    pub parts: Vec<Vec<Block<'a>>>,
}

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
