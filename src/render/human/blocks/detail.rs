//! The amount of detail of a rendering.

/// An amount of detail. A terminal is brief, a document or a page is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The most important.
    Brief,
    /// All there is.
    Full,
}
