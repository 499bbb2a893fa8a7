//! The layout of lists.

use std::ops::Range;

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
