//! Lists of items.

use std::ops::{Deref, Range};

use super::{Block, Line, Span};

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

/// An item that is there, or was made.
pub enum Held<'i, 'a> {
    /// An item that is there.
    There(&'i Item<'a>),
    /// An item that was made.
    Made(Item<'a>),
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

/// A place of asides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asides {
    /// Below the text.
    #[default]
    Below,
    /// Behind the text, on the same line.
    Behind,
}

/// An abridgement of a brief rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The rows that are shown.
    pub shown: Range<usize>,
    /// A note on the others, in their place.
    pub instead: String,
}

impl<'a> Item<'a> {
    /// Returns a text with asides.
    pub fn new(text: impl Into<Line<'a>>, asides: impl IntoIterator<Item = Line<'a>>) -> Self {
        Self { text: text.into(), asides: asides.into_iter().collect(), ..Self::default() }
    }
}

impl<'a> Items<'a> {
    /// Returns so many items, each made from its place when it is written.
    pub fn lazy(len: usize, item: impl Fn(usize) -> Item<'a> + 'a) -> Self {
        Self::Lazy(len, Box::new(item))
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Made(items) => items.len(),
            Self::Lazy(len, _) => *len,
        }
    }

    /// Returns the items of some places, in order.
    pub fn of(&self, range: Range<usize>) -> impl Iterator<Item = Held<'_, 'a>> {
        range.map(|at| match self {
            Self::Made(items) => Held::There(&items[at]),
            Self::Lazy(_, item) => Held::Made(item(at)),
        })
    }

    /// Returns all items, in order.
    pub fn iter(&self) -> impl Iterator<Item = Held<'_, 'a>> {
        self.of(0..self.len())
    }
}

impl Default for Items<'_> {
    fn default() -> Self {
        Self::Made(Vec::new())
    }
}

impl<'a> From<Vec<Item<'a>>> for Items<'a> {
    fn from(items: Vec<Item<'a>>) -> Self {
        Self::Made(items)
    }
}

impl<'a> FromIterator<Item<'a>> for Items<'a> {
    fn from_iter<T: IntoIterator<Item = Item<'a>>>(items: T) -> Self {
        Self::Made(items.into_iter().collect())
    }
}

impl<'a> Deref for Held<'_, 'a> {
    type Target = Item<'a>;

    fn deref(&self) -> &Item<'a> {
        match self {
            Self::There(item) => item,
            Self::Made(item) => item,
        }
    }
}
