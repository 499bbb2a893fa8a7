//! Blocks of a digest: headings, list items, paragraphs and rows of tables.

use super::inline::Inline;

/// A block with visible text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    pub inline: Inline,
    /// Number of list items around it, itself included.
    pub depth: usize,
    /// Line in the file, from 1.
    pub line: usize,
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Heading of a level from 1 to 6.
    Heading(u8),
    /// First paragraph of a list item.
    Item,
    /// Any other text: paragraph, quotation, code.
    Paragraph,
    /// Row of a table.
    Row,
}

impl Block {
    /// Reports whether the block is part of the list item that `item` begins.
    pub fn is_within(&self, item: &Block) -> bool {
        match self.kind {
            Kind::Heading(_) => false,
            Kind::Item => self.depth > item.depth,
            Kind::Paragraph | Kind::Row => item.depth > 0 && self.depth >= item.depth,
        }
    }
}
