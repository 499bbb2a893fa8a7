//! The items of lists: stored, or made when they are written.

use std::ops::{Deref, Range};

use super::{Item, Items, Line};

/// An item, borrowed from a list or made for it.
pub enum ItemRef<'i, 'a> {
    /// A stored item.
    Borrowed(&'i Item<'a>),
    /// An item made on demand.
    Owned(Item<'a>),
}

impl<'a> Item<'a> {
    /// Returns a text with asides.
    pub fn new(text: impl Into<Line<'a>>, asides: impl IntoIterator<Item = Line<'a>>) -> Self {
        Self { text: text.into(), asides: asides.into_iter().collect(), ..Self::default() }
    }
}

impl<'a> Items<'a> {
    /// Returns `len` items, each made from its index when it is written.
    pub fn lazy(len: usize, item: impl Fn(usize) -> Item<'a> + 'a) -> Self {
        Self::Lazy(len, Box::new(item))
    }

    /// Returns the number of items.
    pub fn len(&self) -> usize {
        match self {
            Self::Made(items) => items.len(),
            Self::Lazy(len, _) => *len,
        }
    }

    /// Returns a range of items.
    pub fn of(&self, range: Range<usize>) -> impl Iterator<Item = ItemRef<'_, 'a>> {
        range.map(|at| match self {
            Self::Made(items) => ItemRef::Borrowed(&items[at]),
            Self::Lazy(_, item) => ItemRef::Owned(item(at)),
        })
    }

    /// Returns all items, in order.
    pub fn iter(&self) -> impl Iterator<Item = ItemRef<'_, 'a>> {
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

impl<'a> Deref for ItemRef<'_, 'a> {
    type Target = Item<'a>;

    fn deref(&self) -> &Item<'a> {
        match self {
            Self::Borrowed(item) => item,
            Self::Owned(item) => item,
        }
    }
}
