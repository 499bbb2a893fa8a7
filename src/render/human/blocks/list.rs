//! Lists of items.

use std::ops::Range;

use super::{Block, Line, Span};

/// Items, one below the other.
#[derive(Default)]
pub struct List<'a> {
    /// The items.
    pub items: Vec<Item<'a>>,
    /// The number of the first item, where they are numbered.
    pub first: Option<usize>,
    /// Whether items are set off from one another.
    pub is_loose: bool,
    /// How far the list is set in.
    pub indent: usize,
    /// The least width of labels, which end below one another.
    pub label_width: usize,
    /// The sign before chosen items, where some are chosen.
    pub sign: Option<Span<'a>>,
    /// Where asides are.
    pub asides: Asides,
    /// How many more items there are, in words.
    pub more: Option<String>,
    /// What a brief rendering leaves out.
    pub fold: Option<Fold>,
    /// Whether the addresses of items are never written in full.
    pub hides_addresses: bool,
}

/// An item of a list.
#[derive(Default)]
pub struct Item<'a> {
    /// A short text before it.
    pub label: Line<'a>,
    /// The text.
    pub text: Line<'a>,
    /// What is said of it beside.
    pub asides: Vec<Line<'a>>,
    /// What it is made of, or its details.
    pub parts: Vec<Block<'a>>,
    /// Whether it is what was asked for, among others.
    pub is_chosen: bool,
    /// What its page calls it.
    pub address: Option<&'a str>,
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

/// What a brief rendering shows of rows, and what it says of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The rows that are shown.
    pub shown: Range<usize>,
    /// What is said of the others, where they would be.
    pub instead: String,
}

impl<'a> Item<'a> {
    /// Returns a text with asides.
    pub fn new(text: impl Into<Line<'a>>, asides: impl IntoIterator<Item = Line<'a>>) -> Self {
        Self { text: text.into(), asides: asides.into_iter().collect(), ..Self::default() }
    }
}
