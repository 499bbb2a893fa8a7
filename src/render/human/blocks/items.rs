//! The items of lists, which are there or are made when they are written.

use std::ops::{Deref, Range};

use super::{Item, Items, Line};

/// An item that is there, or was made.
pub enum Held<'i, 'a> {
    /// An item that is there.
    There(&'i Item<'a>),
    /// An item that was made.
    Made(Item<'a>),
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
